"""The test objects themselves: every model has one, and the database accepts it."""

import pytest
from django.apps import apps
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests import factories
from tests.factories.agents import AgentFactory, agents_de
from tests.factories.carte import territoire_publie
from tests.factories.fiches import fiche_complete

TOUTES = [
    objet
    for objet in vars(factories).values()
    if isinstance(objet, type) and issubclass(objet, DjangoModelFactory)
]
CALCULES = {"Trace", "Passage", "Parution", "RemarqueAvis", "Essai"}
CALCULES |= {"AIndexer", "Indexation", "MotConnu", "NomTrouvable", "SujetTrouvable", "Trouvable"}
CALCULES |= {"ReleveGarde", "TerritoireARelever"}


@pytest.mark.django_db
@pytest.mark.parametrize("fabrique", TOUTES, ids=lambda fabrique: fabrique.__name__)
def test_factory_makes_two_rows(fabrique):
    assert fabrique().pk != fabrique().pk or fabrique._meta.django_get_or_create


def test_every_model_has_a_factory():
    modeles = {
        modele.__name__
        for app in ("territoires", "programme", "evenements")
        for modele in apps.get_app_config(app).get_models()
        if not modele.__name__.startswith("Historical")
    }
    assert modeles - {fabrique._meta.model.__name__ for fabrique in TOUTES} == CALCULES


@pytest.mark.django_db
def test_territoire_publie_touches_the_regions_given():
    territoire = territoire_publie("75", "76")
    assert [region.pk for region in territoire.regions] == ["75", "76"]
    assert territoire.perimetre_courant.trace.geometrie["type"] == "Polygon"


@pytest.mark.django_db
def test_agents_have_the_perimeter_of_their_territoire():
    fiche = fiche_complete(partagee_le=timezone.now())
    autre = territoire_publie()
    for agent in agents_de(fiche.territoire):
        assert agent.has_perm("programme.faire_avancer", fiche)
        assert not agent.has_perm("programme.faire_avancer", fiche_complete(autre))
    assert fiche.manques() == []
    assert not AgentFactory().a_un_perimetre
