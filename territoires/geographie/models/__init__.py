"""The administrative geography."""

from .collectivites import (
    Departement,
    Intercommunalite,
    IntercommunaliteQuerySet,
    NatureIntercommunalite,
    NomenclatureQuerySet,
    ReferenceQuerySet,
    Region,
)
from .communes import CodePostal, Commune, CommuneQuerySet, Localite, NatureLocalite
from .contours import Contour

__all__ = [
    "CodePostal",
    "Commune",
    "CommuneQuerySet",
    "Contour",
    "Departement",
    "Intercommunalite",
    "IntercommunaliteQuerySet",
    "Localite",
    "NatureIntercommunalite",
    "NatureLocalite",
    "NomenclatureQuerySet",
    "ReferenceQuerySet",
    "Region",
]
