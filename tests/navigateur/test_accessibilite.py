"""axe finds nothing on any kind of page, on a wide screen and on a phone."""

import re

import pytest

PAGES = [
    "/",
    "/carte/",
    "/carte/2018-11/",
    "/carte/?region=11",
    "/carte/2020-10...2023-11/",
    "/territoires/",
    "/territoires/?texte=introuvable",
    "/territoires/lacq-pau-tarbes/",
    "/regions/",
    "/regions/75/",
    "/intercommunalites/200071157/",
    "/recherche/?q=saint etiene",
    "/fiches/",
    "/partenaires/",
    "/conventions/",
    "/contrats/",
    "/assemblees/",
    "/bonnes-pratiques/",
    "/donnees/",
    "/aide/",
    "/aide/region/",
    "/accessibilite/",
    "/mentions-legales/",
    "/nulle-part/",
]
# A list, and the page of what it lists first.
LISTES = ["fiches", "partenaires", "conventions", "contrats", "assemblees", "bonnes-pratiques"]
ECRANS = [(1280, 900), (390, 800)]


@pytest.mark.parametrize("ecran", ECRANS, ids=["large", "telephone"])
@pytest.mark.parametrize("adresse", PAGES)
def test_page(page, verifier_accessibilite, adresse, ecran):
    page.set_viewport_size({"width": ecran[0], "height": ecran[1]})
    page.goto(adresse)
    verifier_accessibilite(page)
    assert page.evaluate("document.documentElement.scrollWidth") == ecran[0]


@pytest.mark.parametrize("ecran", ECRANS, ids=["large", "telephone"])
@pytest.mark.parametrize("liste", LISTES)
def test_detail_page(page, verifier_accessibilite, liste, ecran):
    page.set_viewport_size({"width": ecran[0], "height": ecran[1]})
    page.goto(f"/{liste}/")
    adresses = [lien.get_attribute("href") for lien in page.locator("main a[href]").all()]
    page.goto(next(a for a in adresses if re.fullmatch(rf"/{liste}/[\w-]+/", a)))
    verifier_accessibilite(page)
    assert page.evaluate("document.documentElement.scrollWidth") == ecran[0]


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
