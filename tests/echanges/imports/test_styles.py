"""Files in the style of administrations, as a person sends them: never refused for a header."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from echanges.imports.correspondances import proposer
from echanges.registre import resources
from programme.fiches.models import FicheAction
from tests import factories as f
from tests.echanges.imports.styles import COMMUNES, EPCI, STYLES, texte
from tests.echanges.outils import analyser, importer

pytestmark = pytest.mark.django_db
LISTES = {
    "communes": "territoires_commune",
    "intercommunalites": "territoires_intercommunalite",
    "perimetres": "territoires_perimetre",
    "intervenants": "evenements_intervenant",
    "contrats": "programme_contrat",
    "fiches": "programme_ficheaction",
    "financements": "programme_ficheaction",
    "indicateurs": "programme_ficheaction",
}
# What no reading can mend, and what its author is told.
REFUSES = {
    "cells merged in the table": "défusionnez",
    "UTF-8 with one damaged line": "sauf la ligne 13",
    "quotes that do not close": "guillemet",
    "empty": "vide",
    "a space and line ends": "vide",
    "headers alone": "aucune ligne",
    "sixteen thousand columns": "le maximum est de 1000",
}


@pytest.fixture
def base():
    """What those files speak of."""
    ain, saone = f.DepartementFactory(code="01"), f.DepartementFactory(code="71")
    for code, nom, _ in COMMUNES:
        f.CommuneFactory(code=code, nom=nom, departement=ain, intercommunalite=None)
    f.EditionCarteFactory(code="2030-01", date="2030-01-01", publiee_le=None)
    for siren, nom, _ in EPCI:
        f.IntercommunaliteFactory(siren=siren, nom=nom, departement=saone)


@pytest.mark.parametrize("style", STYLES)
def test_each_column_is_known_or_left_to_the_person(style, base):
    objets, octets, attendu = STYLES[style]
    if attendu is None:
        return
    resource = resources()[objets]()
    lues = {p.nom: p.cible for p in proposer(resource, resource.ouvrir(octets))}
    assert {entete: lues[entete] for entete in attendu} == attendu
    cibles = [cible for cible in lues.values() if cible]
    assert len(cibles) == len(set(cibles))


@pytest.mark.parametrize("style", STYLES)
def test_it_comes_to_its_columns_or_its_preview_or_says_why_not(style, base, client, delegation):
    objets, octets, _ = STYLES[style]
    adresse = reverse(f"admin:{LISTES[objets]}_importer")
    fichier = SimpleUploadedFile("fichier.xlsx" if octets[:2] == b"PK" else "fichier.csv", octets)
    reponse = client.post(adresse, {"resource": objets, "fichier": fichier}, follow=True)
    assert reponse.status_code == 200
    page = BeautifulSoup(reponse.content, "html.parser")
    if style not in REFUSES:
        assert reponse.redirect_chain, page.select_one("main").text
        assert page.select("select[name=colonne]") or page.select(".chiffres-import"), style
        return
    while page.select("select[name=colonne]"):  # said once the columns are known
        envoi = {
            "entetes": page.find("input", {"name": "entetes"})["value"],
            "cle": [c["value"] for c in page.select("input[name=cle]")],
            "colonne": [
                (s.find("option", selected=True) or {"value": ""})["value"]
                for s in page.select("select[name=colonne]")
            ],
        }
        assert not page.select("[role=alert]"), page.select_one("[role=alert]").text
        reponse = client.post(reponse.request["PATH_INFO"], envoi | {"continuer": ""}, follow=True)
        page = BeautifulSoup(reponse.content, "html.parser")
        if page.select("[role=alert]"):
            break
    assert REFUSES[style] in page.text


def test_actions_numbered_in_their_file_are_new_fiches_that_get_a_reference(base):
    territoire, axe = f.territoire_publie(), f.AxeFactory()
    ligne = f"{{}};Action {{}};{territoire.identifiant};{axe.code}"
    octets = texte("N°;Intitulé de l’action;Territoire;Axe", *(ligne.format(n, n) for n in (1, 2)))
    rapport = importer("fiches", octets)
    assert rapport.creees == 2
    assert "aucune colonne «\u202freference\u202f»" in str(rapport.remarques[0])
    assert {len(fiche.reference) > 5 for fiche in FicheAction.objects.all()} == {True}
    # Sent again, each row says that its territoire already has it.
    assert "a déjà une fiche de ce titre" in " ".join(
        map(str, analyser("fiches", octets).remarques)
    )


def test_a_share_is_a_number_whose_unit_stands_elsewhere():
    fiche = f.FicheActionFactory()
    octets = texte("fiche;libelle;unite;cible", f"{fiche.reference};Taux d’emploi;%;45,5 %")
    rapport = analyser("indicateurs", octets)
    (plan,) = rapport.plans
    lus = {colonne.nom: apres for colonne, _, apres in plan.changements}
    assert str(lus["cible"]) == "45.5"
    assert "vérifiez que l’unité" in " ".join(map(str, rapport.remarques))
