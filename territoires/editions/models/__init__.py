from .carte import APRES, EditionCarte, MembrePerimetre, Perimetre, Territoire
from .filiations import Filiation
from .traces import Trace

__all__ = [
    "APRES",
    "EditionCarte",
    "Filiation",
    "MembrePerimetre",
    "Perimetre",
    "Territoire",
    "Trace",
]
