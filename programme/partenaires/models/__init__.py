from .conventions import (
    Avenant,
    Convention,
    DocumentConvention,
    Engagement,
    ModificationAvenant,
    SignataireConvention,
)
from .partenaires import Axe, OffreDeService, Partenaire, Phase

__all__ = [
    "Avenant",
    "Axe",
    "Convention",
    "DocumentConvention",
    "Engagement",
    "ModificationAvenant",
    "OffreDeService",
    "Partenaire",
    "Phase",
    "SignataireConvention",
]
