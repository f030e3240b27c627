"""Which comité waits for what: the database and the loaded rows say the same."""

import pytest

from programme.comites import decisions
from programme.comites.instruction import (
    demandes_en_attente,
    fiches_en_attente,
    regions_attendues,
)
from programme.comites.models import DemandePerimetre
from programme.fiches import parcours
from programme.fiches.filters import attend
from programme.fiches.instruction import Instruction
from programme.fiches.models import FicheAction
from territoires.geographie.models import Region
from tests import factories as f

pytestmark = pytest.mark.django_db


def seance(region):
    return f.SeanceFactory(comite=f.ComiteDePilotageFactory(region=region))


def comparer():
    """Both forms of the rule agree on every fiche and request, région by région."""
    for objets, en_attente in (
        (FicheAction.objects.all(), fiches_en_attente),
        (DemandePerimetre.objects.all(), demandes_en_attente),
    ):
        for region in Region.objects.all():
            lus = {objet.pk for objet in objets if region in regions_attendues(objet)}
            attendent = en_attente(Region.objects.filter(pk=region.pk))
            assert {objet.pk for objet in attendent} == lus


def test_the_rule_is_the_same_asked_of_the_database_and_of_rows():
    territoire, delegation = f.territoire_publie("75", "76"), f.agent_delegation()
    une, autre = territoire.regions
    fiche = f.fiche_complete(territoire)
    demande = f.DemandePerimetreFactory(perimetre=territoire.perimetre_courant)
    comparer()
    parcours.transmettre(fiche, agent=delegation)
    comparer()
    favorable = {"sens": "favorable", "agent": delegation}
    f.rendre_et_clore(fiche, seance=seance(une), **favorable)
    ajourne = {"sens": "ajourne", "motif": "Plus tard", "agent": delegation}
    f.rendre_et_clore(demande, seance=seance(une), **ajourne)
    comparer()
    parcours.rappeler(fiche, agent=delegation)
    comparer()
    parcours.transmettre(fiche, agent=delegation)
    comparer()
    f.rendre_et_clore(fiche, seance=seance(autre), **favorable)
    f.rendre_et_clore(demande, seance=seance(autre), **favorable)
    comparer()
    decisions.rendre_avis(fiche, seance=seance(une), **favorable)
    comparer()
    f.rendre_et_clore(demande, seance=seance(une), **favorable)
    comparer()


def test_without_anybody_to_examine_a_page_of_the_fiche_says_nothing_of_it(monkeypatch, client):
    monkeypatch.setattr("programme.fiches.instruction._instruction", [Instruction()])
    territoire, delegation = f.territoire_publie("75"), f.agent_delegation()
    fiche = parcours.transmettre(f.fiche_complete(territoire), agent=delegation)
    client.force_login(delegation)
    page = client.get(fiche.get_absolute_url())
    assert page.context["tous_les_avis"] == []
    assert not attend(FicheAction.objects.all(), delegation).exists()
