"""What is said of a fiche while it is examined."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from programme.fiches.models import Passage
from programme.instruction.models import (
    Attribution,
    AvisTechnique,
    Coche,
    DemandeComplement,
    Message,
    NoteInterne,
    PointDeControle,
)
from tests.factories.agents import AgentFactory
from tests.factories.fiches import FicheActionFactory
from tests.factories.geographie import RegionFactory


def envoi_de(fiche):
    """Its last sending up; one is written, and its state left as it is, when it has none."""
    if fiche.dernier_envoi_id:
        return fiche.dernier_envoi
    return Passage.objects.create(
        fiche=fiche,
        action="transmettre",
        avant="brouillon",
        apres="transmise",
        le=timezone.now(),
        auteur=AgentFactory(),
    )


class AvisTechniqueFactory(DjangoModelFactory):
    class Meta:
        model = AvisTechnique

    fiche = factory.SubFactory(FicheActionFactory)
    envoi = factory.LazyAttribute(lambda avis: envoi_de(avis.fiche))
    service = factory.Sequence(lambda n: f"État, service {n}")
    sens = "favorable"
    texte = "Le projet répond aux besoins du bassin."


class DemandeComplementFactory(DjangoModelFactory):
    class Meta:
        model = DemandeComplement

    fiche = factory.SubFactory(FicheActionFactory)
    envoi = factory.LazyAttribute(lambda demande: envoi_de(demande.fiche))
    numero = factory.Sequence(lambda n: n + 1)
    service = "Région d’essai"
    question = "Combien d’apprentis la première année ?"


class MessageFactory(DjangoModelFactory):
    class Meta:
        model = Message

    fiche = factory.SubFactory(FicheActionFactory)
    auteur = factory.SubFactory(AgentFactory)
    texte = "Pouvons-nous en parler jeudi ?"


class NoteInterneFactory(DjangoModelFactory):
    class Meta:
        model = NoteInterne

    fiche = factory.SubFactory(FicheActionFactory)
    region = factory.SubFactory(RegionFactory)
    texte = "À revoir avec le service des lycées."


class AttributionFactory(DjangoModelFactory):
    class Meta:
        model = Attribution

    fiche = factory.SubFactory(FicheActionFactory)
    region = factory.SubFactory(RegionFactory)
    agent = factory.SubFactory(AgentFactory)


class PointDeControleFactory(DjangoModelFactory):
    class Meta:
        model = PointDeControle

    region = factory.SubFactory(RegionFactory)
    intitule = factory.Sequence(lambda n: f"Le point {n} est vérifié")


class CocheFactory(DjangoModelFactory):
    class Meta:
        model = Coche

    fiche = factory.SubFactory(FicheActionFactory)
    point = factory.SubFactory(PointDeControleFactory)
