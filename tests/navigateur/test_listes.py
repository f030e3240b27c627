"""Every list of the admin, as each role: it fits its screen without a hidden scroll, as a table."""

from itertools import pairwise

import pytest

LISTES = [
    *(f"programme/{nom}" for nom in ("ficheaction", "seance", "comitedepilotage", "contrat")),
    *(f"programme/{nom}" for nom in ("demandeperimetre", "convention", "partenaire", "phase")),
    *(f"programme/{nom}" for nom in ("offredeservice", "bonnepratique", "axe", "courriel")),
    *(f"programme/{nom}" for nom in ("obstacle", "obstaclenational")),
    *(f"territoires/{nom}" for nom in ("agent", "territoire", "perimetre", "editioncarte")),
    *(f"territoires/{nom}" for nom in ("filiation", "contour", "region", "departement")),
    *(f"territoires/{nom}" for nom in ("intercommunalite", "commune")),
    *(f"evenements/{nom}" for nom in ("assemblee", "sequence", "intervenant")),
    "echanges/import",
]
ROLES = ["delegation", "region-occitanie", "cc-lacq-orthez"]
SURVEILLES = "#content, .results, #result_list, #result_list td, #result_list th"
DEBORDE = """selecteur => [
  document.documentElement.scrollWidth - document.documentElement.clientWidth,
  ...[...document.querySelectorAll(selecteur)]
    .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
    .map(e => e.className || e.id),
].filter(Boolean)"""


@pytest.mark.parametrize("role", ROLES)
def test_each_list_fits_a_screen_and_a_phone(page, connecter, role):
    connecter(role)
    vues, fautes = 0, {}
    for liste in LISTES:
        if page.goto(f"/admin/{liste}/").status != 200:
            continue
        vues += 1
        if page.locator(".habillage-tiroir").count():
            page.locator(".habillage-tiroir > summary").click()
        for largeur in (1280, 390, 320):
            page.set_viewport_size({"width": largeur, "height": 900})
            if deborde := page.evaluate(DEBORDE, SURVEILLES):
                fautes[liste, largeur] = deborde
    assert fautes == {}
    assert vues > 10


def test_on_a_phone_a_row_is_a_card_and_still_a_row_of_a_table(page, connecter):
    connecter("cc-lacq-orthez")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/admin/programme/ficheaction/")
    rangee = page.get_by_role("table").get_by_role("row").nth(1)
    assert rangee.get_by_role("rowheader").count() == 1
    etat = rangee.locator("td.field-son_etat")
    assert etat.evaluate("e => getComputedStyle(e, '::before').content") == '"État"'
    boites = [c.bounding_box() for c in rangee.get_by_role("cell").all()[1:]]
    assert all(haut["y"] < bas["y"] for haut, bas in pairwise(boites))


def test_filters_are_chosen_kept_and_saved_without_a_script(browser, base_url, connecter, page):
    connecter("delegation")
    contexte = browser.new_context(
        base_url=base_url,
        java_script_enabled=False,
        locale="fr-FR",
        storage_state=page.context.storage_state(),
    )
    sans = contexte.new_page()
    sans.goto("/admin/programme/ficheaction/")
    sans.get_by_text("Filtrer la liste").click()
    sans.get_by_label("État").select_option("transmise")
    sans.get_by_role("button", name="Appliquer les filtres").click()
    assert "etat__exact=transmise" in sans.url
    sans.get_by_text("Enregistrer ces filtres").click()
    sans.get_by_label("Nom, par exemple").fill("Au comité")
    sans.get_by_role("button", name="Enregistrer", exact=True).click()
    sans.get_by_role("link", name="Retirer le filtre état").click()
    assert "etat" not in sans.url
    sans.get_by_role("link", name="Au comité").click()
    assert "etat__exact=transmise" in sans.url
    sans.goto("/admin/programme/ficheaction/")
    assert "etat__exact=transmise" in sans.url
    sans.get_by_role("link", name="Tout effacer").click()
    contexte.close()


def test_axe_is_silent_on_a_list_with_tags_and_on_what_asks_to_confirm(
    page, connecter, verifier_accessibilite
):
    connecter("delegation")
    for adresse in (
        "/admin/programme/ficheaction/?etat__exact=validee&q=a",
        "/admin/territoires/territoire/?q=introuvable",
        "/admin/territoires/commune/?p=2",
        "/admin/filtres/",
    ):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(adresse)
            verifier_accessibilite(page)
    page.goto("/admin/programme/ficheaction/")
    for case in page.locator("#result_list tbody input[type=checkbox]").all()[:3]:
        case.check()
    page.locator("select[name=action]").select_option(label="Transmettre les fiches choisies")
    page.get_by_role("button", name="Appliquer", exact=True).click()
    page.get_by_role("heading", name="Transmettre les fiches cochées").wait_for()
    verifier_accessibilite(page)
