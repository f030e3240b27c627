"""Editions, territoires and périmètres; `territoire_publie` is the one most tests need."""

import datetime

import factory
from factory.django import DjangoModelFactory

from territoires.editions.composition import calculer
from territoires.editions.models import (
    EditionCarte,
    Filiation,
    MembrePerimetre,
    Perimetre,
    Territoire,
)
from territoires.geographie.models import Commune, Intercommunalite, Region
from territoires.liens.models import LienProgramme
from territoires.mandats.models import Mandat
from tests.factories.geographie import (
    CommuneFactory,
    ContourFactory,
    IntercommunaliteFactory,
    RegionFactory,
)


class EditionCarteFactory(DjangoModelFactory):
    """A published edition; `publiee_le=None` gives one in preparation."""

    class Meta:
        model = EditionCarte
        django_get_or_create = ["code"]

    code = factory.LazyAttribute(lambda edition: f"{edition.date:%Y-%m}")
    date = datetime.date(2023, 11, 9)
    nombre_annonce = 183
    occasion = "Assemblée de lancement"
    source = "Liste de test"
    publiee_le = factory.LazyAttribute(
        lambda edition: datetime.datetime.combine(
            edition.date, datetime.time(10), tzinfo=datetime.UTC
        )
    )


class TerritoireFactory(DjangoModelFactory):
    """A territoire by itself; `PerimetreFactory` puts it on the map."""

    class Meta:
        model = Territoire
        django_get_or_create = ["identifiant"]

    identifiant = factory.Sequence(lambda n: f"territoire-{n}")
    nom = factory.LazyAttribute(lambda territoire: territoire.identifiant.capitalize())


class MandatFactory(DjangoModelFactory):
    """Of a territoire that is public, since 2020, without an end."""

    class Meta:
        model = Mandat

    territoire = factory.LazyFunction(lambda: territoire_publie())
    role = Mandat.Role.ELU
    nom = factory.Sequence(lambda n: f"Porteuse {n}")
    debut = datetime.date(2020, 7, 1)


class LienProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = LienProgramme

    territoire = factory.LazyFunction(lambda: territoire_publie())
    genre = LienProgramme.Genre.CRTE
    nom = factory.Sequence(lambda n: f"CRTE du bassin {n}")


class PerimetreFactory(DjangoModelFactory):
    """A périmètre with its members, régions, population and outline.

    `membres` are intercommunalités or communes; by default one new intercommunalité with one
    commune and an outline. The régions are those of the communes, as in real life.
    """

    class Meta:
        model = Perimetre
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionCarteFactory)
    territoire = factory.SubFactory(TerritoireFactory)
    code = factory.Sequence(lambda n: f"ti-{n:04d}")
    nom = factory.LazyAttribute(lambda perimetre: perimetre.territoire.nom)

    @factory.post_generation
    def membres(perimetre, create, extracted, **kwargs):
        if extracted is None:
            commune = CommuneFactory()
            ContourFactory(intercommunalite=commune.intercommunalite)
            extracted = [commune.intercommunalite]
        for membre in extracted:
            MembrePerimetreFactory(perimetre=perimetre, membre=membre)
        calculer([perimetre])
        Territoire.objects.actualiser_perimetres()
        perimetre.territoire.refresh_from_db()
        perimetre.territoire.__dict__.pop("regions", None)


class MembrePerimetreFactory(DjangoModelFactory):
    class Meta:
        model = MembrePerimetre

    class Params:
        membre = factory.LazyFunction(lambda: IntercommunaliteFactory())

    perimetre = factory.SubFactory(PerimetreFactory, membres=[])
    intercommunalite = factory.LazyAttribute(
        lambda ligne: ligne.membre if isinstance(ligne.membre, Intercommunalite) else None
    )
    commune = factory.LazyAttribute(
        lambda ligne: ligne.membre if isinstance(ligne.membre, Commune) else None
    )


class FiliationFactory(DjangoModelFactory):
    class Meta:
        model = Filiation

    ancien = factory.SubFactory(PerimetreFactory)
    nouveau = factory.SubFactory(PerimetreFactory)


def territoire_publie(*regions, nom="Val d’Essai", edition=None, **champs):
    """A territoire in the edition in force, with one intercommunalité in each of these régions.

    Give several `Region` (or codes) for an interrégional one; none makes a new région.
    """
    regions = [
        region if isinstance(region, Region) else RegionFactory(code=region) for region in regions
    ] or [RegionFactory()]
    membres = []
    for region in regions:
        intercommunalite = IntercommunaliteFactory(departement__region=region)
        CommuneFactory(intercommunalite=intercommunalite)
        ContourFactory(intercommunalite=intercommunalite)
        membres.append(intercommunalite)
    territoire = TerritoireFactory(nom=nom, region_pilote=regions[0], **champs)
    edition = {"edition": edition} if edition else {}
    PerimetreFactory(territoire=territoire, membres=membres, **edition)
    return territoire


def intercommunalites_de(territoire):
    """The intercommunalités of its périmètre in force, in the order they were given."""
    membres = territoire.perimetre_courant.membres.select_related("intercommunalite")
    return [membre.intercommunalite for membre in membres]
