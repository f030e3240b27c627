"""The history of a fiche tells what happened to its plan, in every way it is written."""

import pytest
from django.urls import reverse

from programme.models import Financement
from programme.resources.fiches import FinancementResource
from tests import factories as f

pytestmark = pytest.mark.django_db


def test_each_line_is_told_when_it_comes_changes_and_goes(client):
    fiche = f.fiche_complete()
    ligne = f.FinancementFactory(fiche=fiche, financeur="Région", montant=1000, statut="demande")
    f.FinancementFactory(financeur="Ailleurs")
    ligne.montant, ligne.statut = 1500, Financement.Statut.ACQUIS
    ligne.save()
    agent = f.agent_delegation()
    ressource = FinancementResource(agent)
    entete = "fiche,financeur,statut,montant"
    fichier = f"{entete}\n{fiche.reference},Région,acquis,1800\n"
    ressource.appliquer(ressource.analyser(fichier.encode()), "Import no 7")
    ligne.refresh_from_db()
    ligne.delete()
    client.force_login(agent)
    page = client.get(reverse("admin:programme_ficheaction_history", args=[fiche.pk]))
    gestes = [
        (etape["geste"].split("\u202f")[0], etape["raison"], etape["changements"])
        for etape in page.context["etapes"]
        if "Région" in etape["geste"]
    ]
    total = "1\xa0800,00"
    vide, acquis = "(vide)", ("statut", "demandé", "acquis")
    assert gestes == [
        (
            "Suppression",
            None,
            [
                ("financeur", "Région", vide),
                ("montant", total, vide),
                ("statut", "acquis", vide),
            ],
        ),
        ("Modification", "Import no 7", [("montant", "1\xa0500,00", total)]),
        ("Modification", None, [("montant", "1\xa0000,00", "1\xa0500,00"), acquis]),
        (
            "Création",
            None,
            [
                ("financeur", vide, "Région"),
                ("montant", vide, "1\xa0000,00"),
                ("statut", vide, "demandé"),
            ],
        ),
    ]
    assert "Ailleurs" not in page.content.decode()
