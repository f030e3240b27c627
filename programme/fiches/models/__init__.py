from .fiches import (
    ALPHABET,
    FicheAction,
    FicheActionQuerySet,
    TransitionRefusee,
    nouvelle_reference,
)
from .passages import Passage
from .plans import Etape, Financement, Indicateur, Mesure, PieceJointe, Reponse, Sommes
from .suivi import MouvementFinancier, ReportEtape

__all__ = [
    "ALPHABET",
    "Etape",
    "FicheAction",
    "FicheActionQuerySet",
    "Financement",
    "Indicateur",
    "Mesure",
    "MouvementFinancier",
    "Passage",
    "PieceJointe",
    "Reponse",
    "ReportEtape",
    "Sommes",
    "TransitionRefusee",
    "nouvelle_reference",
]
