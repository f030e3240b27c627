from .avenants import AvenantContrat, ModificationAvenantContrat
from .contrats import Contrat
from .parties import DocumentContrat, FicheContrat, SignataireContrat

__all__ = [
    "AvenantContrat",
    "Contrat",
    "DocumentContrat",
    "FicheContrat",
    "ModificationAvenantContrat",
    "SignataireContrat",
]
