"""Régions, départements, intercommunalités and communes that no real list holds."""

import factory
from factory.django import DjangoModelFactory

from territoires.champs import siren_valide
from territoires.geographie.models import (
    CodePostal,
    Commune,
    Contour,
    Departement,
    Intercommunalite,
    Localite,
    Region,
)


def siren(rang):
    """The SIREN of an invented body: a valid key, in a range where none is given out."""
    base = f"{90_000_000 + rang:08d}"
    return next(base + cle for cle in "0123456789" if siren_valide(base + cle))


def carre(x, y, cote=1):
    """A GeoJSON square whose lower left corner is at these degrees."""
    coins = [(x, y), (x + cote, y), (x + cote, y + cote), (x, y + cote), (x, y)]
    return {"type": "Polygon", "coordinates": [coins]}


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"{n % 90 + 10:02d}")
    nom = factory.LazyAttribute(lambda region: f"Région {region.code}")


class DepartementFactory(DjangoModelFactory):
    class Meta:
        model = Departement
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"{n % 800 + 100}")
    nom = factory.LazyAttribute(lambda departement: f"Département {departement.code}")
    region = factory.SubFactory(RegionFactory)


class IntercommunaliteFactory(DjangoModelFactory):
    class Meta:
        model = Intercommunalite
        django_get_or_create = ["siren"]

    siren = factory.Sequence(siren)
    nom = factory.Sequence(lambda n: f"CC du Val {n}")
    nature = "CC"
    departement = factory.SubFactory(DepartementFactory)
    population = 20_000


class CommuneFactory(DjangoModelFactory):
    class Meta:
        model = Commune
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"{n % 90_000 + 10_000}")
    nom = factory.Sequence(lambda n: f"Bourg {n}")
    departement = factory.LazyAttribute(
        lambda commune: (
            commune.intercommunalite.departement
            if commune.intercommunalite
            else DepartementFactory()
        )
    )
    intercommunalite = factory.SubFactory(IntercommunaliteFactory)
    population = 1_000


class CodePostalFactory(DjangoModelFactory):
    class Meta:
        model = CodePostal

    commune = factory.SubFactory(CommuneFactory)
    code = factory.LazyAttribute(lambda ligne: ligne.commune.code)


class LocaliteFactory(DjangoModelFactory):
    class Meta:
        model = Localite

    code = factory.Sequence(lambda n: f"{n % 90_000 + 10_000}")
    nature = "deleguee"
    nom = factory.Sequence(lambda n: f"Hameau {n}")
    commune = factory.SubFactory(CommuneFactory)


class ContourFactory(DjangoModelFactory):
    class Meta:
        model = Contour

    intercommunalite = factory.SubFactory(IntercommunaliteFactory)
    # One beside the other, in the middle of France: none covers another.
    geometrie = factory.Sequence(lambda n: carre(n % 40 / 10, 44 + n // 40 % 40 / 10, 0.1))
