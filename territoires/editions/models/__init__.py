from .carte import APRES, EditionCarte, MembrePerimetre, Perimetre, Territoire, Trace
from .filiations import Filiation

__all__ = [
    "APRES",
    "EditionCarte",
    "Filiation",
    "MembrePerimetre",
    "Perimetre",
    "Territoire",
    "Trace",
]
