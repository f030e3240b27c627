"""Delays of the régions, and the calendars that agents opened."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from programme.rappels.models import AbonnementAgenda, DelaiDeRappel
from tests.factories.agents import AgentFactory
from tests.factories.geographie import RegionFactory


class DelaiDeRappelFactory(DjangoModelFactory):
    class Meta:
        model = DelaiDeRappel

    region = factory.SubFactory(RegionFactory)


class AbonnementAgendaFactory(DjangoModelFactory):
    class Meta:
        model = AbonnementAgenda

    agent = factory.SubFactory(AgentFactory)
    empreinte = factory.Sequence(lambda n: f"{n:064d}")
    ouvert_le = factory.LazyFunction(timezone.now)
