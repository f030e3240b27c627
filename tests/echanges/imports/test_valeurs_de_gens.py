"""Values as people write them: taken with a remark, or refused with what to do."""

import datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from echanges.erreurs import FichierRefuse
from echanges.lecture.tableau import Choix
from echanges.models import Import
from echanges.registre import resources
from programme.fiches.models import Financement
from programme.partenaires.models import Partenaire
from tests import factories
from tests.echanges.outils import analyser, csv, messages

pytestmark = pytest.mark.django_db
CAS = Path(__file__).parents[1] / "cas"


def cas(nom):
    return next(CAS.glob(f"{nom}_*.csv")).read_bytes()


def dits(rapport):
    return " ".join(map(str, rapport.remarques))


@pytest.fixture
def ain():
    departement = factories.DepartementFactory(code="01", nom="Ain")
    for code, nom in (("01004", "Ambérieu-en-Bugey"), ("01138", "Culoz-Béon")):
        factories.CommuneFactory(code=code, nom=nom, departement=departement, intercommunalite=None)
    return departement


# --- The files kept as examples -------------------------------------------------------------------


def test_01_the_damaged_line_is_named_and_the_encoding_of_the_rest():
    with pytest.raises(FichierRefuse) as erreur:
        analyser("territoires", cas("01"))
    assert "UTF-8, sauf la ligne 12" in str(erreur.value)
    assert "Enregistrez" not in str(erreur.value)


@pytest.mark.parametrize(("nom", "lignes"), [("03", [2, 3, 4, 5]), ("03b", [2, 6003])])
def test_03_rows_of_one_key_that_differ_are_refused_together_at_any_distance(nom, lignes):
    factories.CommuneFactory(code="06088")
    factories.CodePostalFactory(commune_id="06088", code="06200")
    rapport = analyser("communes", cas(nom))
    contradictoires = [r.ligne for r in rapport.erreurs() if "même clé" in r.motif]
    assert contradictoires == lignes
    assert not any("06088" in str(plan.cle) for plan in rapport.plans)
    assert rapport.inchangees == 0


def test_03_their_lists_may_become_one():
    factories.CommuneFactory(code="06088")
    rapport = resources()["communes"]().analyser(cas("03b"), choix=Choix(reunir=True))
    assert 2 not in rapport.refus and 6003 not in rapport.refus
    (plan,) = [plan for plan in rapport.plans if plan.lignes[0] == 2]
    ((_, _, codes),) = plan.changements
    assert codes == ("06000", "06200")


def test_06_what_says_none_is_left_empty():
    factories.IntercommunaliteFactory(nom="CC du Frontonnais")
    for message in messages(analyser("communes", cas("06"))):
        assert "laissez la cellule vide" in message or "département" in message
        assert "Frontonnais" not in message


def test_07_a_commune_that_was_absorbed_is_not_created(ain):
    (message,) = messages(analyser("communes", cas("07")))
    assert "elle fait partie de Culoz-Béon (01138)" in message


def test_08_titles_labels_and_codes():
    factories.CommuneFactory(code="01004")
    rapport = analyser("communes", cas("08"))
    assert rapport.tableau.ligne_des_entetes == 5 and "code" in dits(rapport)


def test_10_a_text_encoded_twice_is_told_with_the_likely_one():
    vu = dits(analyser("intervenants", cas("10")))
    for mot in ("François", "Lefèvre", "Zoé", "Cœur"):
        assert f"sans doute «\u202f{mot}\u202f»" in vu
    assert "Hermite" not in vu and "Hélène" not in vu


def test_12_a_rule_names_the_value_that_breaks_it():
    factories.territoire_publie()
    factories.TerritoireFactory(identifiant="agenais")
    factories.AxeFactory(code="innover")
    (refus,) = analyser("fiches", cas("12")).erreurs()
    assert (refus.colonne, refus.valeur, refus.objet) == ("territoire", "agenais", "Essai")


def test_13_a_no_break_space_that_a_spreadsheet_lost_changes_nothing():
    source = "Historique du programme\u202f: premier contrat signé."
    factories.ContratFactory(reference="grand-est-touraine-2019", source=source)
    assert analyser("contrats", cas("13")).inchangees == 1


# --- Kinds ----------------------------------------------------------------------------------------


def lu(nom, entete, texte, cle):
    """(value read or message, remarks)"""
    rapport = analyser(nom, csv(f"{cle[0]};{entete}", f'{cle[1]};"{texte}"'))
    if rapport.refus:
        return messages(rapport)[0], dits(rapport)
    (plan,) = rapport.plans
    return plan.changements[0][2], dits(rapport)


def test_a_departement_on_three_characters_and_a_lost_zero():
    factories.DepartementFactory(code="2A")
    factories.DepartementFactory(code="38")
    siren = factories.IntercommunaliteFactory().pk
    for texte, attendu in (("02A", "2A"), ("038", "38"), ("2a", "2A")):
        valeur, remarque = lu("intercommunalites", "departement", texte, ("siren", siren))
        assert valeur == attendu and ("zéro" in remarque) == texte.startswith("0")


def test_the_exact_name_of_one_row_stands_for_its_key():
    fiche = factories.FicheActionFactory(titre="Une école de soudeurs")
    factories.PartenaireFactory(identifiant="bdt", nom="Banque des Territoires")
    lignes = ("action;financeur;statut;montant;partenaire", "une ecole de soudeurs;X;acquis;5;{}")
    rapport = analyser("financements", csv(lignes[0], lignes[1].format("BANQUE DES TERRITOIRES")))
    assert messages(rapport) == [] and rapport.creees == 1
    assert "lu bdt" in dits(rapport) and f"lu {fiche.reference}" in dits(rapport)
    factories.PartenaireFactory(nom="Banque des territoires")
    rapport = analyser("financements", csv(lignes[0], lignes[1].format("Banque des Territoires")))
    assert "n’est pas une clé connue" in messages(rapport)[0]


@pytest.mark.parametrize("texte", ["NA", "n/a", "ZZZZZZZZZ", "XXXXX", "néant", "Aucune", "-"])
def test_ways_to_say_none_are_told_to_leave_the_cell_empty(ain, texte):
    factories.IntercommunaliteFactory(nom="CA du Pays de Nay")
    dit, _ = lu("communes", "intercommunalite", texte, ("code", "01004"))
    assert "laissez la cellule vide" in dit and "proche" not in dit


def test_the_siren_of_a_commune_is_its_code(ain):
    valeur, remarque = lu("communes", "population", "12", ("code", "210100046"))
    assert valeur == 12 and "SIREN d’une commune, lu 01004" in remarque


def test_a_year_alone_is_its_first_day_or_its_last(ain):
    fiche = factories.FicheActionFactory(date_debut=None, date_fin=None).reference
    debut, remarque = lu("fiches", "date_debut", "2024", ("reference", fiche))
    assert debut == datetime.date(2024, 1, 1) and "01/01/2024" in remarque
    fin, remarque = lu("fiches", "date_fin", "2026", ("reference", fiche))
    assert fin == datetime.date(2026, 12, 31) and "31/12/2026" in remarque


def test_decimals_where_people_are_counted_are_told(ain):
    valeur, remarque = lu("communes", "population", "28.0", ("code", "01004"))
    assert valeur == 28 and "lu 28" in remarque
    dit, _ = lu("communes", "population", "28 %", ("code", "01004"))
    assert "sans «\u202f%\u202f»" in dit


@pytest.mark.parametrize(
    "texte", ["Frontonnais du Sud", "Pays", "zzz", "CC", "2000349", "Nay et Coarraze"]
)
def test_nothing_far_fetched_is_proposed(ain, texte):
    factories.IntercommunaliteFactory(siren="200034957", nom="CC du Frontonnais")
    factories.IntercommunaliteFactory(nom="CC du Pays de Nay")
    dit, _ = lu("communes", "intercommunalite", texte, ("code", "01004"))
    assert "proche" not in dit


# --- Refusals by reason ---------------------------------------------------------------------------


@pytest.fixture
def financements(client, delegation):
    fiche = factories.FicheActionFactory(titre="Une école de soudeurs")
    factories.PartenaireFactory(identifiant="banque-des-territoires", nom="BdT")
    noms = ["Banque des territoires"] * 3 + ["Fonderie Neuve"] * 2
    lignes = [f"{fiche.reference};F{rang};acquis;5;{nom}" for rang, nom in enumerate(noms)]
    fichier = SimpleUploadedFile("f.csv", csv("fiche;financeur;statut;montant;partenaire", *lignes))
    champs = {"resource": "financements", "fichier": fichier}
    return client.post("/admin/programme/ficheaction/importer/", champs).url


def test_refusals_are_grouped_and_mended_once_for_all(client, financements):
    page = BeautifulSoup(client.get(financements).content, "html.parser")
    (titre,) = [s.text for s in page.select("section details summary")]
    assert titre == "5 lignes\u202f: partenaire inconnu (partenaire)"
    lignes = [" ".join(tr.text.split()) for tr in page.select("section tbody tr")]
    assert lignes[0].startswith("Banque des territoires 2, 3, 4") and "FA-" in lignes[0]
    lien = page.select("section tbody a")[1]["href"]
    assert client.get(lien).status_code == 200 and "nom=Fonderie+Neuve" in lien
    Partenaire.objects.create(identifiant="fonderie-neuve", nom="Fonderie Neuve", nature="autre")
    envoi = {
        "corriger": "",
        "rang": "partenaire|Banque des territoires",
        "colonne": "partenaire",
        "de": "Banque des territoires",
        "par": "banque-des-territoires",
    }
    page = BeautifulSoup(client.post(financements, envoi, follow=True).content, "html.parser")
    assert Import.objects.get().refusees == 0
    marque = page.find("input", {"name": "empreinte"})["value"]
    client.post(financements, {"confirmer": "", "empreinte": marque})
    partenaires = Financement.objects.order_by("financeur").values_list(
        "partenaire_id__identifiant"
    )
    assert [p for (p,) in partenaires] == ["banque-des-territoires"] * 3 + ["fonderie-neuve"] * 2


def test_a_refused_value_may_be_emptied_everywhere(client, financements):
    envoi = {"corriger": "", "rang": "x", "vider": "x", "colonne": "partenaire", "par": ""}
    client.post(financements, envoi | {"de": "Banque des territoires"})
    client.post(financements, envoi | {"de": "Fonderie Neuve"})
    assert Import.objects.get().refusees == 0
