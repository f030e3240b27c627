from .fiches import (
    ALPHABET,
    FicheAction,
    FicheActionQuerySet,
    TransitionRefusee,
    nouvelle_reference,
)
from .nouvelles import Nouvelle
from .obstacles import Obstacle, ObstacleNational, Reponse
from .passages import Passage
from .plans import Etape, Financement, Indicateur, Mesure, PieceJointe, Sommes
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
    "Nouvelle",
    "Obstacle",
    "ObstacleNational",
    "Passage",
    "PieceJointe",
    "Reponse",
    "ReportEtape",
    "Sommes",
    "TransitionRefusee",
    "nouvelle_reference",
]
