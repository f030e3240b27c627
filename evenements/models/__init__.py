from evenements.models.annonces import Annonce
from evenements.models.assemblees import (
    MATIN,
    SOIR,
    Assemblee,
    AutreNom,
    Intervenant,
    Intervention,
    Sequence,
)
from evenements.models.documents import Correction, Document

__all__ = [
    "MATIN",
    "SOIR",
    "Annonce",
    "Assemblee",
    "AutreNom",
    "Correction",
    "Document",
    "Intervenant",
    "Intervention",
    "Sequence",
]
