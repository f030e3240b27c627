from .annonces import Annonce
from .assemblees import Assemblee, AutreNom, Intervenant, Intervention, Sequence
from .documents import Correction, Document

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
