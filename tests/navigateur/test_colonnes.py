"""Files as others make them, imported from upload to undo without touching a spreadsheet."""

import re

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from tests.navigateur.conftest import entrer

COMMUNES = "/admin/territoires/commune/"
FICHES = "/admin/programme/ficheaction/"
TITRE = "Réunir les formations industrielles de Bigorre (exemple inventé)"


def classeur(chemin, *lignes):
    livre = Workbook()
    for ligne in lignes:
        livre.active.append(ligne)
    livre.save(chemin)
    return chemin


def du_bloc_de_titres(dossier):
    """In the style of statistics: titles, labels, then codes."""
    return classeur(
        dossier / "composition.xlsx",
        ["Composition communale (exemple inventé)"],
        ["Mise en ligne le 01/01/2026"],
        [],
        ["Code géographique", "Libellé géographique", "Population municipale", "Source"],
        ["CODGEO", "LIBGEO", "PMUN", "SRC"],
        ["1004", "Ambérieu-en-Bugey", 15999, "x"],
        ["01005", "Ambérieux-en-Dombes", 1999, "x"],
    )


def des_subventions(dossier, autre):
    """In the style of lists of grants: names, and a partenaire written as people say it."""
    chemin = dossier / "subventions.csv"
    lignes = [
        "nomAttribuant;objet;montant;situation;partenaire;" + autre,
        f"Banque des Territoires (essai);{TITRE};12 000,50 €;acquis;Banque des territoires;solde",
        f"Fonderie Neuve (essai);{TITRE};3 000;demandé;La BdT;solde",
    ]
    chemin.write_bytes("\r\n".join(lignes).encode("cp1252"))
    return chemin


def du_plan(dossier):
    """In the style of action plans: a row a funder."""
    return classeur(
        dossier / "plan.xlsx",
        ["Plan d’actions (exemple inventé)"],
        ["Action", "Pilote", "Co-financeur", "Montant attribué", "Acquis ou sollicité"],
        [TITRE, "M. X", "Ville d’essai", 1500, "acquis"],
        [TITRE, "M. X", "Département d’essai", 2500.5, "demandé"],
    )


def envoyer(page, liste, contenu, fichier):
    page.goto(f"{liste}importer/")
    if contenu:
        page.get_by_label("Contenu du fichier").select_option(contenu)
    page.set_input_files("input[type=file]", fichier)
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Colonnes de")


def dire(page, entete, colonne):
    page.get_by_label(re.compile(rf"«\s?{re.escape(entete)}\s?» est lue comme")).select_option(
        colonne
    )


def annuler(page, *, confirme=False):
    """Confirm, unless it was done, then take it back."""
    if not confirme:
        page.get_by_role("button", name="Confirmer l’import").click()
        expect(page.locator(".messagelist")).to_contain_text("Import enregistré")
    page.get_by_role("link", name="Annuler cet import").click()
    page.get_by_role("button", name=re.compile("^Oui, annuler")).click()
    expect(page.locator(".messagelist")).to_contain_text("Import annulé")


def test_a_title_block_and_codes(page, connecter, tmp_path, verifier_accessibilite):
    connecter("delegation")
    envoyer(page, COMMUNES, None, du_bloc_de_titres(tmp_path))
    expect(page.get_by_label("Ligne des en-têtes")).to_have_value("5")
    expect(page.get_by_label(re.compile("CODGEO"))).to_have_value("code")
    expect(page.get_by_label(re.compile("SRC"))).to_have_value("")
    verifier_accessibilite(page)
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.locator(".chiffres-import")).to_contain_text(re.compile(r"À modifier\s*2"))
    annuler(page)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_list_of_grants_with_names(browser, browser_context_args, tmp_path, script):
    contexte = browser.new_context(**browser_context_args | {"java_script_enabled": script})
    page = entrer(contexte.new_page(), "delegation")
    envoyer(page, FICHES, "financements", des_subventions(tmp_path, f"conditions {script}"))
    expect(page.locator("#content")).to_contain_text("Il manque fiche")
    dire(page, "objet", "fiche")
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.locator("#content")).to_contain_text("1 ligne\u202f: partenaire inconnu")
    page.get_by_label(re.compile(r"^Remplacer «\s?La BdT")).fill("banque-des-territoires")
    page.get_by_role("button", name="Corriger partout et relire").click()
    expect(page.locator(".chiffres-import")).to_contain_text(re.compile(r"À créer\s*2"))
    annuler(page)
    contexte.close()


def test_a_partenaire_that_is_missing_is_created_on_the_way(page, connecter, tmp_path):
    """Nothing is mended in a spreadsheet: the new one is made from the refusal, in another tab."""
    connecter("delegation")
    chemin = des_subventions(tmp_path, "autre")
    chemin.write_bytes(
        chemin.read_bytes().replace(b"La BdT", "Fonds Relève d’essai".encode("cp1252"))
    )
    envoyer(page, FICHES, "financements", chemin)
    dire(page, "objet", "fiche")
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.locator("#content")).to_contain_text("partenaire inconnu")
    with page.context.expect_page() as ouverte:
        page.get_by_role("link", name=re.compile("Créer.*Fonds Relève")).click()
    creation = ouverte.value
    expect(creation.get_by_label("Nom", exact=False).first).to_have_value("Fonds Relève d’essai")
    creation.get_by_label("Nature").select_option("autre")
    creation.locator("[name=_save]").click()
    expect(creation.locator(".messagelist")).to_contain_text("Fonds Relève d’essai")
    creation.close()
    page.get_by_role("button", name="Corriger partout et relire").click()
    expect(page.locator(".chiffres-import")).to_contain_text(re.compile(r"À créer\s*2"))
    annuler(page)


def test_a_plan_with_one_row_a_funder(page, connecter, tmp_path):
    connecter("delegation")
    page.set_viewport_size({"width": 390, "height": 844})
    envoyer(page, FICHES, "financements", du_plan(tmp_path))
    expect(page.get_by_label(re.compile("Co-financeur"))).to_have_value("financeur")
    dire(page, "Pilote", "")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.locator(".chiffres-import")).to_contain_text(re.compile(r"À créer\s*2"))
    annuler(page)
