"""Grants and votes at the format of the collectivités, checked against its published rules."""

import csv
import datetime
import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from frictionless import Resource, Schema, system

from config.donnees import scdl
from programme.fiches.models import FicheAction
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee

pytestmark = pytest.mark.django_db
NORMES = Path(__file__).parent / "normes"
REGION, BENEFICIAIRE = "23350001600040", "21860194600013"


def lire(client, nom, tmp_path):
    """The rows of this file, once frictionless found nothing to say about it."""
    contenu = client.get(reverse("donnees-scdl", args=[nom])).getvalue()
    chemin = tmp_path / f"{nom}.csv"
    chemin.write_bytes(contenu)
    with system.use_context(trusted=True):
        schema = Schema.from_descriptor(str(NORMES / f"{nom}.json"))
        rapport = Resource(path=str(chemin), schema=schema).validate()
    assert rapport.valid, rapport.flatten(["rowNumber", "fieldName", "note"])
    return list(csv.DictReader(io.StringIO(contenu.decode())))


def ligne_acquise(fiche=None, **champs):
    fiche = fiche or une_fiche_decidee()
    partenaire = f.PartenaireFactory(nom="Région d’Essai", siret=REGION)
    return f.FinancementFactory(
        fiche=fiche, partenaire=partenaire, financeur="Région", statut="acquis", **champs
    )


def verser(ligne, *versements):
    for le, montant in versements:
        f.MouvementFinancierFactory(financement=ligne, nature="verse", le=le, montant=montant)


def test_what_was_granted_and_paid_is_a_row_that_the_norm_admits(client, tmp_path):
    fiche = une_fiche_decidee()
    FicheAction.objects.filter(pk=fiche.pk).update(
        maitre_ouvrage="CC d’Essai", maitre_ouvrage_siret=BENEFICIAIRE
    )
    verser(
        ligne_acquise(fiche, montant=Decimal("47800.20")),
        (datetime.date(2024, 3, 14), 1000),
        (datetime.date(2025, 3, 14), 2000),
    )
    (ligne,) = lire(client, "scdl-subventions", tmp_path)
    assert ligne["nomAttribuant"] == "Région d’Essai"
    assert (ligne["idAttribuant"], ligne["idBeneficiaire"]) == (REGION, BENEFICIAIRE)
    assert (ligne["montant"], ligne["pourcentageSubvention"]) == ("47800.20", "1")
    assert ligne["datesPeriodeVersement"] == "2024-03-14/2025-03-14"
    assert (ligne["conditionsVersement"], ligne["referenceDecision"]) == (
        "échelonné",
        fiche.reference,
    )


def test_one_payment_is_a_day_and_none_is_a_period_to_come(client, tmp_path):
    verser(ligne_acquise(montant=10), (datetime.date(2024, 3, 14), 1))
    (une,) = lire(client, "scdl-subventions", tmp_path)
    assert (une["conditionsVersement"], une["datesPeriodeVersement"]) == ("unique", "2024-03-14")


def test_a_grant_not_paid_yet_is_valid_too(client, tmp_path):
    ligne_acquise(montant=10)
    (une,) = lire(client, "scdl-subventions", tmp_path)
    assert une["conditionsVersement"].startswith("autre")


def test_what_came_after_the_decision_is_dated_of_its_coming(client, tmp_path):
    ligne_acquise(montant=10, ajoutee_le=datetime.date(2026, 2, 3))
    (une,) = lire(client, "scdl-subventions", tmp_path)
    assert une["dateConvention"] == "2026-02-03"


def test_without_a_siret_or_before_the_decision_there_is_no_row(client, tmp_path):
    ligne = ligne_acquise(montant=10)
    ligne.partenaire.siret = ""
    ligne.partenaire.save()
    ligne_acquise(f.fiche_complete(f.territoire_publie()), montant=10)
    assert lire(client, "scdl-subventions", tmp_path) == []


def test_votes_of_the_signatories_of_public_contrats_are_rows_once_each(client, tmp_path):
    vote = {"siret": REGION, "deliberation_numero": "2020-12"}
    vote |= {"deliberation_date": datetime.date(2020, 1, 8), "organisation": "CC d’Essai"}
    contrat = f.ContratFactory()
    f.SignataireContratFactory(contrat=contrat, personne="A", **vote)
    f.SignataireContratFactory(contrat=contrat, personne="B", **vote)
    f.SignataireContratFactory(contrat=contrat, siret="")
    cache = f.ContratFactory(etat="preparation", signe_le=None)
    f.SignataireContratFactory(contrat=cache, **vote | {"deliberation_numero": "secret"})
    (ligne,) = lire(client, "scdl-deliberations", tmp_path)
    assert (ligne["COLL_SIRET"], ligne["DELIB_ID"]) == (REGION, "2020-12")
    assert contrat.territoire.nom in ligne["DELIB_OBJET"]


@pytest.mark.parametrize("nom", scdl.FICHIERS)
def test_the_number_of_queries_does_not_grow(nom, django_assert_num_queries):
    vote = {"deliberation_date": datetime.date(2020, 1, 8), "siret": REGION}
    for n in range(3):
        ligne_acquise(montant=10)
        f.SignataireContratFactory(deliberation_numero=f"{n}", **vote)
    with django_assert_num_queries(1):
        assert b"".join(scdl.ecrire(scdl.FICHIERS[nom])).count(b"\n") == 4


def test_the_bytes_of_a_title_that_a_spreadsheet_would_run_are_guarded(client, tmp_path):
    fiche = une_fiche_decidee()
    FicheAction.objects.filter(pk=fiche.pk).update(titre="=1+1")
    ligne_acquise(fiche, montant=1)
    (ligne,) = lire(client, "scdl-subventions", tmp_path)
    assert ligne["objet"] == "'=1+1"
