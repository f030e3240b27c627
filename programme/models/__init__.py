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
from .courriels import Courriel, PreferenceCourriel
from .fiches import FicheAction
from .partenaires import Axe, OffreDeService, Partenaire, Phase
from .passages import Passage
from .plans import Etape, Financement, Indicateur, Mesure, PieceJointe, Reponse
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
    "Mesure",
    "ModificationAvenant",
    "MouvementDemande",
    "OffreDeService",
    "Partenaire",
    "Passage",
    "Phase",
    "PieceJointe",
    "PointOrdreDuJour",
    "PreferenceCourriel",
    "Presence",
    "Releve",
    "RemarqueAvis",
    "Reponse",
    "Seance",
    "SignataireContrat",
    "SignataireConvention",
    "Utilite",
]
