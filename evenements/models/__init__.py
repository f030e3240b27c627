from evenements.editorial.models import Actualite, LienChoisi, PageEditoriale
from evenements.models.annonces import Annonce
from evenements.models.assemblees import (
    MATIN,
    SOIR,
    Assemblee,
    Sequence,
)
from evenements.models.documents import Correction, Document
from evenements.models.paroles import AutreNom, Intervenant, Intervention

__all__ = [
    "MATIN",
    "SOIR",
    "Actualite",
    "Annonce",
    "Assemblee",
    "AutreNom",
    "Correction",
    "Document",
    "Intervenant",
    "Intervention",
    "LienChoisi",
    "PageEditoriale",
    "Sequence",
]
