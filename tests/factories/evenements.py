"""Assemblées and their records."""

import datetime

import factory
from factory.django import DjangoModelFactory

from evenements.models import (
    Actualite,
    Annonce,
    Assemblee,
    AutreNom,
    Correction,
    Document,
    Intervenant,
    Intervention,
    LienChoisi,
    PageEditoriale,
    Sequence,
)


class AssembleeFactory(DjangoModelFactory):
    """A public assemblée; `publiee_le=None` gives one in preparation."""

    class Meta:
        model = Assemblee

    identifiant = factory.Sequence(lambda n: f"assemblee-{n}")
    titre = factory.LazyAttribute(lambda assemblee: assemblee.identifiant.capitalize())
    date_debut = datetime.date(2019, 3, 5)
    date_fin = datetime.date(2019, 3, 6)
    ville = "Lyon"
    publiee_le = datetime.datetime(2019, 3, 7, 9, tzinfo=datetime.UTC)


class SequenceFactory(DjangoModelFactory):
    class Meta:
        model = Sequence

    assemblee = factory.SubFactory(AssembleeFactory)
    ordre = factory.Sequence(lambda n: n % 30_000 + 1)
    titre = factory.LazyAttribute(lambda sequence: f"Table ronde {sequence.ordre}")
    jour = datetime.date(2019, 3, 5)


class IntervenantFactory(DjangoModelFactory):
    class Meta:
        model = Intervenant

    identifiant = factory.Sequence(lambda n: f"intervenant-{n}")
    prenom = "Dominique"
    nom = factory.Sequence(lambda n: f"Parole {n}")


class InterventionFactory(DjangoModelFactory):
    class Meta:
        model = Intervention

    sequence = factory.SubFactory(SequenceFactory)
    ordre = factory.Sequence(lambda n: n % 30_000 + 1)
    intervenant = factory.SubFactory(IntervenantFactory)


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    assemblee = factory.SubFactory(AssembleeFactory)
    titre = factory.Sequence(lambda n: f"Document {n}")


class CorrectionFactory(DjangoModelFactory):
    class Meta:
        model = Correction

    assemblee = factory.SubFactory(AssembleeFactory)
    numero = factory.Sequence(lambda n: n % 30_000 + 1)
    le = datetime.date(2019, 4, 2)
    texte = factory.LazyAttribute(lambda correction: f"Correction {correction.numero}")


class AutreNomFactory(DjangoModelFactory):
    class Meta:
        model = AutreNom

    identifiant = factory.Sequence(lambda n: f"ancien-{n}")
    intervenant = factory.SubFactory(IntervenantFactory)
    nom = factory.LazyAttribute(lambda autre: autre.identifiant.capitalize())


class AnnonceFactory(DjangoModelFactory):
    """Leads to a new contrat; `contrat=None` with another target leads there."""

    class Meta:
        model = Annonce

    sequence = factory.SubFactory(SequenceFactory)
    ordre = factory.Sequence(lambda n: n % 30_000 + 1)
    texte = factory.LazyAttribute(lambda annonce: f"Annonce {annonce.ordre}")
    contrat = factory.SubFactory("tests.factories.instances.ContratFactory")


class PageEditorialeFactory(DjangoModelFactory):
    """A published page of the programme; `publiee_le=None` gives a draft."""

    class Meta:
        model = PageEditoriale

    identifiant = factory.Sequence(lambda n: f"page-{n}")
    titre = factory.LazyAttribute(lambda page: page.identifiant.capitalize())
    texte = "Ce que la délégation écrit."
    publiee_le = datetime.datetime(2024, 3, 7, 9, tzinfo=datetime.UTC)


class ActualiteFactory(PageEditorialeFactory):
    """A published piece of news; `publiee_le=None` gives a draft."""

    class Meta:
        model = Actualite

    identifiant = factory.Sequence(lambda n: f"actualite-{n}")
    le = datetime.date(2024, 3, 7)


class LienChoisiFactory(DjangoModelFactory):
    """From one published piece of news to another."""

    class Meta:
        model = LienChoisi

    page = factory.LazyFunction(lambda: ActualiteFactory().get_absolute_url())
    cible = factory.LazyFunction(lambda: ActualiteFactory().get_absolute_url())
