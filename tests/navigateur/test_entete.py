"""The header in Chromium: short on a phone, its menus by keyboard, its themes, without a script."""

import pytest
from playwright.sync_api import expect

TELEPHONE = {"width": 390, "height": 800}
FOND = "getComputedStyle(document.body).backgroundColor"
SOMBRE, CLAIR = "rgb(22, 22, 22)", "rgb(255, 255, 255)"


@pytest.mark.parametrize("adresse", ["/", "/fiches/", "/territoires/lacq-pau-tarbes/"])
def test_a_phone_shows_the_content_at_once(page, adresse):
    page.set_viewport_size(TELEPHONE)
    page.goto(adresse)
    assert page.locator("main").bounding_box()["y"] <= 120


@pytest.mark.parametrize("adresse", ["/", "/carte/", "/fiches/", "/programme/", "/accessibilite/"])
def test_nothing_overflows_the_narrowest_screen(page, adresse):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(adresse)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_town_is_found_on_a_phone_in_two_gestures(page):
    page.set_viewport_size(TELEPHONE)
    page.goto("/")
    champ = page.locator("main input[type=search]")
    champ.fill("Mourenx")
    champ.press("Enter")
    expect(page.locator("main")).to_contain_text("Lacq – Pau – Tarbes")


def test_the_menu_opens_and_closes_by_keyboard(page):
    page.set_viewport_size(TELEPHONE)
    page.goto("/fiches/")
    menu = page.get_by_role("button", name="Menu")
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    rubrique = page.locator("#navigation summary", has_text="Actions")
    rubrique.press("Enter")
    ici = page.locator("#navigation").get_by_role("link", name="Fiches actions")
    expect(ici).to_have_attribute("aria-current", "page")
    ici.press("Escape")
    expect(ici).to_be_hidden()
    expect(rubrique).to_be_focused()
    rubrique.press("Escape")
    expect(menu).to_be_focused()
    expect(page.locator("#navigation")).to_be_hidden()


def test_one_menu_closes_when_one_goes_elsewhere(page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/")
    menus = page.locator("#navigation summary")
    menus.nth(0).click()
    menus.nth(1).click()
    assert page.locator("#navigation details[open]").count() == 1
    page.locator("h1").click()
    assert page.locator("#navigation details[open]").count() == 0


def test_the_theme_follows_the_device_until_one_chooses(browser, base_url):
    contexte = browser.new_context(base_url=base_url, color_scheme="dark", locale="fr-FR")
    page = contexte.new_page()
    page.goto("/")
    assert page.evaluate(FOND) == SOMBRE
    page.locator(".affichage summary").click()
    page.get_by_label("Clair").check()
    assert page.evaluate(FOND) == CLAIR
    page.goto("/fiches/")
    assert page.evaluate(FOND) == CLAIR
    page.locator(".affichage summary").click()
    page.get_by_label("Celui de mon appareil").check()
    assert page.evaluate(FOND) == SOMBRE
    contexte.close()


def test_menu_and_theme_work_without_a_script(browser, base_url):
    contexte = browser.new_context(
        base_url=base_url,
        color_scheme="dark",
        java_script_enabled=False,
        viewport=TELEPHONE,
        locale="fr-FR",
    )
    page = contexte.new_page()
    page.goto("/fiches/")
    expect(page.locator("body")).to_have_css("background-color", SOMBRE)
    menu = page.locator("#navigation")
    expect(menu).to_be_hidden()
    page.locator(".entete__boutons").get_by_role("link", name="Menu").click()
    expect(menu).to_be_visible()
    menu.locator("summary").first.click()
    menu.get_by_role("link", name="Régions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Régions")
    contexte.close()


@pytest.mark.parametrize("adresse", ["/admin/", "/pilotage/"])
def test_on_a_phone_the_menu_of_agents_stands_behind_a_link(adresse, connecter):
    page = connecter("delegation")
    page.set_viewport_size(TELEPHONE)
    page.goto(adresse)
    menu, sortir = page.locator("#navigation"), page.get_by_role("button", name="Déconnexion")
    expect(menu).to_be_hidden()
    expect(sortir).to_be_hidden()
    assert page.locator("#header").bounding_box()["height"] <= 120
    page.locator("#header").get_by_role("link", name="Menu", exact=True).click()
    expect(menu).to_be_visible()
    expect(sortir).to_be_visible()
    page.get_by_role("link", name="Fermer le menu").click()
    expect(menu).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(menu).to_be_visible()
    expect(page.get_by_role("link", name="Fermer le menu")).to_be_hidden()
