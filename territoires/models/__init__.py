from .agents import Agent
from .carte import EditionCarte, MembrePerimetre, Perimetre, Territoire, Trace
from .filiations import Filiation
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
