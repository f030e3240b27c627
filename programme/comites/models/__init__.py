from .avis import Avis, RemarqueAvis
from .comites import (
    ComiteDePilotage,
    DemandePerimetre,
    DuComiteQuerySet,
    MembreComite,
    MouvementDemande,
    Seance,
)
from .seances import PointOrdreDuJour, Presence, Releve

__all__ = [
    "Avis",
    "ComiteDePilotage",
    "DemandePerimetre",
    "DuComiteQuerySet",
    "MembreComite",
    "MouvementDemande",
    "PointOrdreDuJour",
    "Presence",
    "Releve",
    "RemarqueAvis",
    "Seance",
]
