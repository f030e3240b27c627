from .comites import (
    Avis,
    ComiteDePilotage,
    DemandePerimetre,
    MembreComite,
    MouvementDemande,
    RemarqueAvis,
    Seance,
)
from .contrats import Contrat, FicheContrat, SignataireContrat
from .conventions import (
    Avenant,
    Convention,
    DocumentConvention,
    Engagement,
    ModificationAvenant,
    SignataireConvention,
)
from .courriels import Courriel
from .fiches import FicheAction
from .partenaires import Axe, OffreDeService, Partenaire, Phase
from .passages import Passage
from .plans import Etape, Financement, Indicateur, PieceJointe
from .pratiques import BonnePratique, Utilite
from .seances import PointOrdreDuJour, Presence, Releve

__all__ = [
    "Avenant",
    "Avis",
    "Axe",
    "BonnePratique",
    "ComiteDePilotage",
    "Contrat",
    "Convention",
    "Courriel",
    "DemandePerimetre",
    "DocumentConvention",
    "Engagement",
    "Etape",
    "FicheAction",
    "FicheContrat",
    "Financement",
    "Indicateur",
    "MembreComite",
    "ModificationAvenant",
    "MouvementDemande",
    "OffreDeService",
    "Partenaire",
    "Passage",
    "Phase",
    "PieceJointe",
    "PointOrdreDuJour",
    "Presence",
    "Releve",
    "RemarqueAvis",
    "Seance",
    "SignataireContrat",
    "SignataireConvention",
    "Utilite",
]
