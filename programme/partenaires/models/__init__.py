from .conventions import (
    Avenant,
    Convention,
    DocumentConvention,
    Engagement,
    ModificationAvenant,
    SignataireConvention,
)
from .partenaires import Axe, DateCle, OffreDeService, Partenaire, Phase

__all__ = [
    "Avenant",
    "Axe",
    "Convention",
    "DateCle",
    "DocumentConvention",
    "Engagement",
    "ModificationAvenant",
    "OffreDeService",
    "Partenaire",
    "Phase",
    "SignataireConvention",
]
