"""A workbook of a whole country: handed to the worker, left, found again, written and undone."""

import csv
import re
import subprocess
import sys

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from tests.navigateur.conftest import RACINE
from tests.navigateur.test_colonnes import annuler, envoyer

COMMUNES, MIENS = "/admin/territoires/commune/", "/admin/echanges/import/miens/"
CHANGEES = 40
ATTENTE = 240_000  # milliseconds: a country is read in seconds, unless the machine is busy


@pytest.fixture
def ouvrier(base_url, environnement):
    """A worker beside the server, as `make demo` starts one."""
    processus = subprocess.Popen(
        [sys.executable, "manage.py", "ouvrier"],
        cwd=RACINE,
        env=environnement,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield processus
    processus.terminate()
    processus.wait(30)


def du_pays(chemin):
    """All the communes under a title block and codes, some of them with other inhabitants."""
    livre = Workbook(write_only=True)
    feuille = livre.create_sheet("COM")
    feuille.append(["Populations légales (exemple inventé)"])
    feuille.append(["Code géographique", "Libellé géographique", "Population municipale", "Source"])
    feuille.append(["CODGEO", "LIBGEO", "PMUN", "MILLESIME"])
    with (RACINE / "fixtures/communes.csv").open(encoding="utf-8-sig", newline="") as fichier:
        for rang, ligne in enumerate(csv.DictReader(fichier)):
            habitants = int(ligne["population"] or 0) + (rang < CHANGEES)
            feuille.append([ligne["code"], ligne["nom"], habitants, "x"])
    livre.save(chemin)
    return chemin, rang + 1


def test_a_country_is_read_and_written_by_the_worker_while_one_is_away(
    page, connecter, tmp_path, ouvrier, verifier_accessibilite
):
    connecter("delegation")
    chemin, combien = du_pays(tmp_path / "populations.xlsx")
    assert combien > 34_000
    # The worker says that it is there within a moment; until then the page itself would read.
    page.goto("/admin/taches/")
    expect(page.locator("#content")).to_contain_text(re.compile("ouvrier"), timeout=ATTENTE)
    envoyer(page, COMMUNES, None, chemin)
    expect(page.get_by_label(re.compile("CODGEO"))).to_have_value("code")
    expect(page.get_by_label(re.compile("PMUN"))).to_have_value("population")
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.locator("#suivi")).to_contain_text("Vous pouvez quitter cette page")
    verifier_accessibilite(page)

    page.goto("/admin/")  # left
    page.goto(MIENS)
    sienne = page.get_by_role("row").filter(has_text="populations.xlsx").first
    expect(sienne).to_be_visible()
    sienne.get_by_role("link", name="populations.xlsx").click()
    expect(page.locator(".chiffres-import")).to_contain_text(
        re.compile(rf"À modifier\s*{CHANGEES}"), timeout=ATTENTE
    )
    page.get_by_role("button", name="Confirmer l’import").click()
    expect(page.locator("#suivi")).to_be_visible()
    page.goto(MIENS)  # left again
    sienne.get_by_role("link", name="populations.xlsx").click()
    expect(page.locator(".messagelist")).to_contain_text("Import enregistré", timeout=ATTENTE)
    annuler(page, confirme=True)
