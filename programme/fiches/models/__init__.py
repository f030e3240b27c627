from .fiches import (
    ALPHABET,
    FicheAction,
    FicheActionQuerySet,
    TransitionRefusee,
    nouvelle_reference,
)
from .passages import Passage
from .plans import Etape, Financement, Indicateur, Mesure, PieceJointe, Reponse, Sommes

__all__ = [
    "ALPHABET",
    "Etape",
    "FicheAction",
    "FicheActionQuerySet",
    "Financement",
    "Indicateur",
    "Mesure",
    "Passage",
    "PieceJointe",
    "Reponse",
    "Sommes",
    "TransitionRefusee",
    "nouvelle_reference",
]
