"""Open data of what was said, signed and changed: the public rows and no other."""

import csv
import io

import pytest
from django.urls import reverse

from tests import factories as f

pytestmark = pytest.mark.django_db


def lignes(client, nom):
    reponse = client.get(reverse("donnees-csv", args=[nom, "machine"]))
    texte = reponse.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(texte)))


def de_l_assemblee(publiee):
    """One of each part of an assemblée; what they are called in their files."""
    assemblee = f.AssembleeFactory(**({} if publiee else {"publiee_le": None}))
    parole = f.InterventionFactory(sequence__assemblee=assemblee)
    annonce = f.AnnonceFactory(sequence=parole.sequence)
    return {
        "intervenants": ("identifiant", parole.intervenant.identifiant),
        "annonces": ("texte", annonce.texte),
        "documents": ("titre", f.DocumentFactory(assemblee=assemblee).titre),
        "corrections": ("texte", f.CorrectionFactory(assemblee=assemblee).texte),
    }


def de_la_convention(publiee):
    convention = f.ConventionFactory(publiee=publiee)
    avenant = f.AvenantFactory(convention=convention)
    modification = f.ModificationAvenantFactory(avenant=avenant)
    signataire = f.SignataireConventionFactory(convention=convention)
    return {
        "avenants": ("numero", str(avenant.numero)),
        "modifications_avenants": ("ordre", str(modification.ordre)),
        "signataires_conventions": ("ordre", str(signataire.ordre)),
    }


def du_contrat(publie):
    etat = {} if publie else {"etat": "preparation", "signe_le": None}
    signataire = f.SignataireContratFactory(contrat=f.ContratFactory(**etat))
    return {
        "contrats": ("reference", signataire.contrat.reference),
        "signataires_contrats": ("contrat", signataire.contrat.reference),
    }


@pytest.mark.parametrize("fabrique", [de_l_assemblee, de_la_convention, du_contrat])
def test_open_data_hold_what_is_public_and_nothing_else(client, fabrique):
    fabrique(False)
    for nom, (colonne, valeur) in fabrique(True).items():
        attendues = {valeur}
        if nom == "contrats":
            assert {ligne[colonne] for ligne in lignes(client, nom)} == attendues
        else:
            assert [ligne[colonne] for ligne in lignes(client, nom)] == [valeur], nom


def test_an_annonce_of_a_draft_is_not_in_the_file(client):
    sequence = f.SequenceFactory()
    f.AnnonceFactory(sequence=sequence, contrat=None, fiche=f.fiche_complete())
    f.AnnonceFactory(
        sequence=sequence,
        contrat=None,
        engagement=f.EngagementFactory(convention__publiee=False),
    )
    assert lignes(client, "annonces") == []
