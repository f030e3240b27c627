from .bilans import Bilan
from .fiches import (
    ALPHABET,
    FicheAction,
    FicheActionQuerySet,
    TransitionRefusee,
    nouvelle_reference,
)
from .modifications import ChangementModification, Modification, PassageModification
from .nouvelles import Nouvelle
from .obstacles import Obstacle, ObstacleNational, Reponse
from .passages import Passage
from .plans import Etape, Financement, Indicateur, Mesure, PieceJointe, Sommes
from .suivi import MouvementFinancier, ReportEtape

__all__ = [
    "ALPHABET",
    "Bilan",
    "ChangementModification",
    "Etape",
    "FicheAction",
    "FicheActionQuerySet",
    "Financement",
    "Indicateur",
    "Mesure",
    "Modification",
    "MouvementFinancier",
    "Nouvelle",
    "Obstacle",
    "ObstacleNational",
    "Passage",
    "PassageModification",
    "PieceJointe",
    "Reponse",
    "ReportEtape",
    "Sommes",
    "TransitionRefusee",
    "nouvelle_reference",
]
