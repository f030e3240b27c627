"""An import as the délégation makes it: refused rows downloaded, corrected, sent again, undone."""

import re

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from tests.navigateur.conftest import entrer

PARTENAIRES = "/admin/programme/partenaire/"
FICHIER = (
    "identifiant;nom;nature\r\n"
    "fonderie-ecole;Fonderie-école (exemple inventé);association\r\n"
    "usine-relais;Usine relais (exemple inventé);assoc\r\n"
)


def envoyer(page, fichier):
    page.goto(f"{PARTENAIRES}importer/")
    page.set_input_files("input[type=file]", fichier)
    page.get_by_role("button", name="Voir l’aperçu").click()
    return page.locator("#content")


def chiffre(page, libelle):
    """The number shown under that label, above the rows of the preview."""
    terme = page.get_by_text(libelle, exact=True)
    return page.locator(".chiffres-import div", has=terme).locator("dd")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_refused_rows_come_back_corrected_and_the_import_is_undone(
    browser, browser_context_args, tmp_path, verifier_accessibilite, script
):
    contexte = browser.new_context(**browser_context_args | {"java_script_enabled": script})
    page = entrer(contexte.new_page(), "delegation")
    bon = tmp_path / "partenaires.csv"
    bon.write_bytes(FICHIER.encode("cp1252"))
    contenu = envoyer(page, bon)
    expect(contenu).to_contain_text("la plus proche est association")
    with page.expect_download() as telechargement:
        page.get_by_role("link", name="Télécharger les lignes refusées").click()
    refusees = tmp_path / "refusees.csv"
    telechargement.value.save_as(refusees)
    if script:
        verifier_accessibilite(page)
    page.get_by_role("button", name="Écarter les lignes refusées").click()
    expect(chiffre(page, "À créer")).to_have_text("1")
    expect(chiffre(page, "Refusées")).to_have_text("0")
    page.get_by_role("button", name="Confirmer l’import").click()
    expect(contenu).to_contain_text("Fonderie-école")
    premier = page.url

    refusees.write_bytes(refusees.read_bytes().replace(b";assoc;", b";association;"))
    envoyer(page, refusees)
    apercu = page.url
    page.get_by_role("button", name="Confirmer l’import").click()
    expect(page.locator("#content")).to_contain_text("Usine relais")
    page.goto(apercu)  # as the back button would
    expect(page.locator(".messagelist")).to_contain_text("déjà été confirmé")
    for adresse in (page.url, premier):
        page.goto(adresse)
        page.get_by_role("link", name="Annuler cet import").click()
        page.get_by_role("button", name=re.compile("^Oui, annuler")).click()
        expect(page.locator(".messagelist")).to_contain_text("1 objet supprimé")
    contexte.close()


def test_a_title_of_two_lines_comes_in_on_one_and_is_told(page, connecter, tmp_path):
    """Alt+Enter in a cell of a workbook."""
    connecter("delegation")
    classeur = Workbook()
    classeur.active.append(["identifiant", "nom", "nature"])
    classeur.active.append(["atelier-a-deux", "Atelier\nà deux (exemple inventé)", "association"])
    chemin = tmp_path / "partenaires.xlsx"
    classeur.save(chemin)
    contenu = envoyer(page, chemin)
    expect(contenu).to_contain_text("Atelier à deux")
    page.get_by_role("link", name="la lire").click()
    expect(contenu).to_contain_text(re.compile("saut", re.IGNORECASE))
    page.get_by_role("button", name="Confirmer l’import").click()
    expect(contenu).to_contain_text("Atelier à deux")
    page.goto(f"{PARTENAIRES}?q=atelier-a-deux")
    page.locator("#result_list tbody th a").first.click()
    assert page.get_by_label("Nom", exact=False).first.input_value().startswith("Atelier à deux")
