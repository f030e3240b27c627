"""The search in Chromium: proposals by the keyboard and by the finger, and without script."""

import pytest
from playwright.sync_api import expect


def proposer(page, texte):
    page.goto("/recherche/")
    champ = page.get_by_role("combobox", name="Une commune")
    champ.press_sequentially(texte)
    expect(page.get_by_role("option").first).to_be_visible()
    return champ


def test_a_proposal_is_chosen_with_the_keyboard(page, verifier_accessibilite):
    champ = proposer(page, "oloron")
    expect(champ).to_have_attribute("aria-expanded", "true")
    verifier_accessibilite(page)
    champ.press("ArrowDown")
    premiere = page.get_by_role("option").first
    expect(premiere).to_have_attribute("aria-selected", "true")
    expect(champ).to_have_attribute("aria-activedescendant", premiere.get_attribute("id"))
    champ.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(champ).to_have_value("oloron")
    champ.press_sequentially("-sainte")
    expect(page.get_by_role("option").first).to_contain_text("Oloron-Sainte-Marie")
    champ.press("ArrowDown")
    champ.press("Enter")
    expect(page.locator(".reponses h3").first).to_have_text("Oloron-Sainte-Marie")


def test_a_proposal_is_chosen_with_the_pointer(page):
    proposer(page, "lacq – pau")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lacq")


@pytest.mark.parametrize("largeur", [1280, 390, 320])
def test_results_fit_and_axe_is_silent(page, verifier_accessibilite, largeur):
    page.set_viewport_size({"width": largeur, "height": 800})
    page.goto("/recherche/?q=pau")
    verifier_accessibilite(page)
    assert page.evaluate("document.documentElement.scrollWidth") == largeur


def test_all_of_it_works_without_script(browser, base_url):
    contexte = browser.new_context(base_url=base_url, java_script_enabled=False, locale="fr-FR")
    page = contexte.new_page()
    page.goto("/recherche/")
    page.get_by_role("searchbox", name="Une commune").fill("ortez")
    page.locator("main").get_by_role("button", name="Rechercher").click()
    expect(page.locator(".reponses h3").first).to_have_text("Orthez")
    contexte.close()
