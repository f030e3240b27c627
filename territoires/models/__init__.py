from .agents import Agent
from .carte import EditionCarte, Filiation, MembrePerimetre, Perimetre, Territoire, Trace
from .geographie import CodePostal, Commune, Contour, Departement, Intercommunalite, Region
from .parutions import Parution

__all__ = [
    "Agent",
    "CodePostal",
    "Commune",
    "Contour",
    "Departement",
    "EditionCarte",
    "Filiation",
    "Intercommunalite",
    "MembrePerimetre",
    "Parution",
    "Perimetre",
    "Region",
    "Territoire",
    "Trace",
]
