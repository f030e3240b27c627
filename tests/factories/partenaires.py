"""Phases, axes, partenaires, offers and conventions."""

import datetime

import factory
from factory.django import DjangoModelFactory

from programme.partenaires.models import (
    Avenant,
    Axe,
    Convention,
    DateCle,
    DocumentConvention,
    Engagement,
    ModificationAvenant,
    OffreDeService,
    Partenaire,
    Phase,
    SignataireConvention,
)
from programme.themes.models import Theme


class PhaseFactory(DjangoModelFactory):
    class Meta:
        model = Phase
        django_get_or_create = ["numero"]

    numero = 2
    nom = factory.LazyAttribute(lambda phase: f"Phase {phase.numero}")
    debut = datetime.date(2023, 11, 9)


class AxeFactory(DjangoModelFactory):
    class Meta:
        model = Axe
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"axe-{n}")
    phase = factory.SubFactory(PhaseFactory)
    nom = factory.LazyAttribute(lambda axe: axe.code.capitalize())


class DateCleFactory(DjangoModelFactory):
    class Meta:
        model = DateCle

    code = factory.Sequence(lambda n: f"date-{n}")
    le = datetime.date(2018, 11, 22)
    chiffre = "124 territoires"
    texte = "Le programme est lancé."
    source = "Communiqué du programme."


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme
        django_get_or_create = ["identifiant"]

    identifiant = factory.Sequence(lambda n: f"theme-{n}")
    nom = factory.LazyAttribute(lambda theme: theme.identifiant.capitalize())


class PartenaireFactory(DjangoModelFactory):
    class Meta:
        model = Partenaire

    identifiant = factory.Sequence(lambda n: f"partenaire-{n}")
    nom = factory.LazyAttribute(lambda partenaire: partenaire.identifiant.capitalize())


class OffreDeServiceFactory(DjangoModelFactory):
    class Meta:
        model = OffreDeService

    reference = factory.Sequence(lambda n: f"offre-{n}")
    partenaire = factory.SubFactory(PartenaireFactory)
    intitule = factory.LazyAttribute(lambda offre: offre.reference.capitalize())


class ConventionFactory(DjangoModelFactory):
    """A published convention; `publiee=False` gives one in preparation."""

    class Meta:
        model = Convention

    reference = factory.Sequence(lambda n: f"convention-{n}")
    partenaire = factory.SubFactory(PartenaireFactory)
    objet = factory.LazyAttribute(lambda convention: convention.reference.capitalize())
    signee_le = datetime.date(2019, 3, 5)
    publiee = True


class SignataireConventionFactory(DjangoModelFactory):
    class Meta:
        model = SignataireConvention

    convention = factory.SubFactory(ConventionFactory)
    ordre = factory.Sequence(lambda n: n % 30_000 + 1)
    organisation = "État"


class EngagementFactory(DjangoModelFactory):
    class Meta:
        model = Engagement

    convention = factory.SubFactory(ConventionFactory)
    numero = factory.Sequence(lambda n: n % 30_000 + 1)
    intitule = factory.LazyAttribute(lambda engagement: f"Engagement {engagement.numero}")


class AvenantFactory(DjangoModelFactory):
    class Meta:
        model = Avenant

    convention = factory.SubFactory(ConventionFactory)
    numero = factory.Sequence(lambda n: n % 30_000 + 1)
    signe_le = datetime.date(2020, 3, 5)
    objet = "Prolongation d’un an"


class ModificationAvenantFactory(DjangoModelFactory):
    class Meta:
        model = ModificationAvenant

    avenant = factory.SubFactory(AvenantFactory)
    ordre = factory.Sequence(lambda n: n % 30_000 + 1)
    champ = "fin"
    avant = "2023-12-31"
    apres = "2024-12-31"


class DocumentConventionFactory(DjangoModelFactory):
    class Meta:
        model = DocumentConvention

    convention = factory.SubFactory(ConventionFactory)
    titre = factory.Sequence(lambda n: f"Texte signé {n}")
    fichier = factory.django.FileField(filename="texte.pdf", data=b"%PDF-1.4 essai")
