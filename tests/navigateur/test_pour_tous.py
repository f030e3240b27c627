"""What the public pages owe to everybody, beside what `test_chaque_page` asks of each of them."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("adresse", ["/carte/", "/fiches/", "/recherche/?q=pau"])
def test_everything_essential_works_without_javascript(browser, base_url, adresse):
    contexte = browser.new_context(base_url=base_url, java_script_enabled=False, locale="fr-FR")
    page = contexte.new_page()
    page.goto(adresse)
    assert page.locator("main a").count() > 5
    contexte.close()


def test_no_page_asks_anything_of_a_third_party(page, base_url):
    demandes = []
    page.on("request", lambda demande: demandes.append(demande.url))
    for adresse in ("/", "/carte/", "/fiches/"):
        page.goto(adresse)
    assert [d for d in demandes if not d.startswith((base_url, "data:"))] == []


@pytest.mark.parametrize("adresse", ["/", "/territoires/lacq-pau-tarbes/", "/fiches/"])
def test_on_paper_nothing_is_cut_in_two_and_nothing_waits_for_a_click(adresse, page):
    page.emulate_media(media="print")
    page.goto(adresse)
    for piece in (".cartes > *", ".chiffres > *", ".liste tr"):
        coupures = page.eval_on_selector_all(
            piece, "es => es.map(e => getComputedStyle(e).breakInside)"
        )
        assert set(coupures) <= {"avoid"}, piece
    assert page.locator(".cartes > *, .liste tr").count()
    for muet in (".liste-tete nav", ".fr-pagination", ".partager", "#suivre", ".filtres"):
        for element in page.locator(muet).all():
            expect(element).to_be_hidden()
