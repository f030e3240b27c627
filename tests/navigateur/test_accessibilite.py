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
    "/territoires/lacq-pau-tarbes/?le=2025-01-15",
    "/territoires/lacq-pau-tarbes/?le=hier",
    "/regions/",
    "/regions/75/",
    "/intercommunalites/200071157/",
    "/recherche/?q=saint etiene",
    "/fiches/",
    "/registre-des-obstacles/",
    "/partenaires/",
    "/conventions/",
    "/contrats/",
    "/assemblees/",
    "/assemblees/lyon-2019/",
    "/interventions/",
    "/intervenants/jacqueline-gourault/",
    "/bonnes-pratiques/",
    "/donnees/",
    "/aide/",
    "/aide/region/",
    "/aide/mon-compte/",
    "/compte/connexion/",
    "/compte/mot-de-passe/oublie/",
    "/accessibilite/",
    "/mentions-legales/",
    "/nulle-part/",
]
# A list, and the page of what it lists first.
LISTES = ["fiches", "partenaires", "conventions", "contrats", "assemblees", "bonnes-pratiques"]
ECRANS = [(1280, 900), (390, 800)]


@pytest.fixture(scope="module")
def visite(browser, browser_context_args):
    """One visit for all the pages: what they share is fetched once, as a visitor's browser does."""
    contexte = browser.new_context(**browser_context_args)
    yield contexte.new_page()
    contexte.close()


@pytest.fixture
def verifier_partout(visite, verifier_accessibilite):
    """Open an address; axe is silent there at each width and nothing overflows sideways."""

    def _verifier(adresse):
        visite.goto(adresse)
        for largeur, hauteur in ECRANS:
            visite.set_viewport_size({"width": largeur, "height": hauteur})
            verifier_accessibilite(visite)
            assert visite.evaluate("document.documentElement.scrollWidth") == largeur

    return _verifier


@pytest.mark.parametrize("adresse", PAGES)
def test_page(verifier_partout, adresse):
    verifier_partout(adresse)


@pytest.mark.parametrize("liste", LISTES)
def test_detail_page(visite, verifier_partout, liste):
    visite.goto(f"/{liste}/")
    adresses = [lien.get_attribute("href") for lien in visite.locator("main a[href]").all()]
    verifier_partout(next(a for a in adresses if re.fullmatch(rf"/{liste}/[\w-]+/", a)))


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
