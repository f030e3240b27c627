"""The map in Chromium: walked with the keyboard, enlarged, in a frame, on paper, and weighed."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.navigateur.attente import attendre

CARTES = [
    ("/carte/?couleur=changement&depuis=2020-10&texte=a", 1280),
    ("/carte/?couleur=fiches&region=zz", 390),
    ("/donnees/carte/", 390),
    ("/integrer/territoires/lacq-pau-tarbes/", 1280),
]


@pytest.mark.parametrize(("adresse", "largeur"), CARTES)
def test_axe_is_silent_in_every_state(page, verifier_accessibilite, adresse, largeur):
    page.set_viewport_size({"width": largeur, "height": 800})
    page.goto(adresse)
    verifier_accessibilite(page)
    assert page.evaluate("document.documentElement.scrollWidth") == largeur


def test_every_territoire_is_reached_and_named_with_tab_alone(page):
    page.goto("/carte/")
    noms = page.locator("svg.carte a").evaluate_all(
        "liens => liens.map(lien => lien.getAttribute('aria-label'))"
    )
    assert len(set(noms)) == 183
    page.get_by_role("button", name="Agrandir la carte").focus()
    vus = []
    while len(vus) < 183:
        page.keyboard.press("Tab")
        ici = page.evaluate(
            "document.activeElement.closest('svg.carte')"
            " && document.activeElement.getAttribute('aria-label')"
        )
        vus += [ici] if ici else []
        assert ici or not vus, "le foyer a quitté la carte"
    assert vus == noms
    expect(page.locator(".bulle-carte strong")).to_have_text(noms[-1])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(noms[-1])


def test_the_names_are_there_without_javascript(browser, base_url):
    contexte = browser.new_context(base_url=base_url, java_script_enabled=False, locale="fr-FR")
    page = contexte.new_page()
    page.goto("/carte/")
    expect(page.get_by_role("link", name="Lacq – Pau – Tarbes")).to_have_count(2)  # map, table
    page.get_by_label("Colorer selon").select_option("changement")
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator(".nuances li").first).to_contain_text("entré")
    contexte.close()


def test_the_map_is_enlarged_by_keyboard_and_a_drag_is_no_click(page):
    page.emulate_media(reduced_motion="reduce")
    page.goto("/carte/")
    largeur = "document.querySelector('svg.carte').getBoundingClientRect().width"
    avant = page.evaluate(largeur)
    page.get_by_role("button", name="Agrandir la carte").press("Enter")
    attendre(page, f"{largeur} > {avant * 1.3}")
    boite = page.locator(".cadre-carte").bounding_box()
    x, y = boite["x"] + boite["width"] / 2, boite["y"] + boite["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=4)
    page.mouse.up()
    assert page.url.endswith("/carte/")
    page.get_by_role("button", name="Revoir toute la carte").click()
    attendre(page, f"Math.abs({largeur} - {avant}) < 2")


def test_the_map_is_printed_on_one_sheet_with_its_legend(page):
    page.goto("/carte/?couleur=fiches")
    page.emulate_media(media="print")
    expect(page.locator("svg.carte")).to_be_visible()
    expect(page.locator(".nuances")).to_be_visible()
    for cache in ("form.commandes", ".menu", ".commandes-carte", ".telechargements"):
        expect(page.locator(cache)).to_be_hidden()


def test_the_page_and_the_first_visit_are_light_and_ask_nobody_else(page, base_url):
    recues = []
    page.on("requestfinished", lambda demande: recues.append(demande))
    page.goto("/carte/", wait_until="networkidle")
    assert all(demande.url.startswith((base_url, "data:")) for demande in recues)
    poids = {
        demande.url: demande.sizes()["responseBodySize"]
        for demande in recues
        if demande.url.startswith(base_url)
    }
    assert poids[f"{base_url}/carte/"] < 60_000
    assert sum(poids.values()) < 350_000


def test_the_card_is_read_with_the_pointer_and_sent_away_by_escape(page):
    page.goto("/carte/")
    lien = page.locator("svg.carte a", has=page.locator("path")).first
    lien.hover()
    bulle = page.locator(".bulle-carte")
    expect(bulle).to_be_visible()
    bulle.hover()
    page.wait_for_timeout(500)  # longer than the card waits for the pointer
    expect(bulle).to_be_visible()
    page.keyboard.press("Escape")
    expect(bulle).to_be_hidden()


def test_an_enlarged_map_is_moved_by_the_arrows(page):
    page.emulate_media(reduced_motion="reduce")
    page.goto("/carte/")
    bouton = page.get_by_role("button", name="Agrandir la carte")
    bouton.press("+")
    bouton.press("+")
    gauche = "document.querySelector('svg.carte').getBoundingClientRect().x"
    expect(page.get_by_role("button", name="Réduire la carte")).to_be_enabled()
    avant = page.evaluate(gauche)
    bouton.press("ArrowRight")
    attendre(page, f"{gauche} < {avant} - 20")


@pytest.mark.parametrize(
    "adresse", ["/carte/", "/carte/?couleur=fiches", "/carte/2020-10/", "/carte/?region=75"]
)
def test_the_map_is_printed_on_one_sheet_of_a4_with_a_legend_to_be_read(page, adresse):
    page.goto(adresse)
    (feuille,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [round(float(cote) / 72 * 25.4) for cote in feuille.mediabox[2:]] == [297, 210]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1047, "height": 718})  # A4 landscape without its margins
    boite = page.locator(".carte-en-grand").bounding_box()
    assert boite["y"] + boite["height"] < 718
    carte = page.locator("svg.carte").bounding_box()
    assert min(carte["width"], carte["height"]) > 450
    legende = page.locator(".carte-en-grand .legende li").first
    assert float(legende.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 10.6  # 8 pt
    assert all(mot in feuille.extract_text() for mot in legende.inner_text().split())
    assert "Édition" in feuille.extract_text() and "Licence Ouverte" in feuille.extract_text()


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_in_forced_colours_nothing_is_told_by_colour_alone(page, schema):
    page.emulate_media(forced_colors="active", color_scheme=schema)
    style = "(e, nom) => getComputedStyle(e).getPropertyValue(nom)"
    page.goto("/carte/")
    assert page.locator("svg.carte .noms text").count() >= 13  # régions are named, where they are
    ici = page.locator(".menu [aria-current]").first
    assert "underline" in ici.evaluate(style, "text-decoration-line")
    for bouton in ("Afficher", "Agrandir la carte"):
        bord = page.get_by_role("button", name=bouton, exact=True)
        assert bord.evaluate(style, "border-top-style") == "solid"
    page.keyboard.press("Tab")
    lien = page.locator("svg.carte a", has=page.locator("path")).first
    lien.focus()
    assert lien.evaluate(style, "outline-style") == "solid"
    assert float(lien.evaluate(style, "outline-width").removesuffix("px")) >= 3

    page.goto("/carte/?couleur=changement")
    remplis = page.locator("svg.pastille rect").evaluate_all(
        "r => r.map(e => e.getAttribute('fill'))"
    )
    motifs = {page.locator(f"svg.carte {r[4:-1]}").inner_html() for r in remplis if "url" in r}
    assert len(motifs) >= len(remplis) - 1 > 5  # one alone is plain
