from .comites import (
    Avis,
    ComiteDePilotage,
    DemandePerimetre,
    DuComiteQuerySet,
    MembreComite,
    MouvementDemande,
    RemarqueAvis,
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
