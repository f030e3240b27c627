from evenements.models.annonces import Annonce
from evenements.models.assemblees import Assemblee, AutreNom, Intervenant, Intervention, Sequence
from evenements.models.documents import Correction, Document

__all__ = [
    "Annonce",
    "Assemblee",
    "AutreNom",
    "Correction",
    "Document",
    "Intervenant",
    "Intervention",
    "Sequence",
]
