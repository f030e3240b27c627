"""What goes in and out as CSV, in the order in which the files load."""

from .comites import (
    AvisResource,
    ComiteResource,
    MembreComiteResource,
    PointOrdreDuJourResource,
    PresenceResource,
    ReleveResource,
    RemarqueAvisResource,
    SeanceResource,
)
from .contrats import (
    BonnePratiqueResource,
    ContratResource,
    FicheContratResource,
    SignataireContratResource,
    UtiliteResource,
)
from .demandes import DemandeResource
from .fiches import (
    EtapeResource,
    FicheResource,
    FinancementResource,
    IndicateurResource,
    MesureResource,
    PassageResource,
    ReponseResource,
)
from .partenaires import (
    AvenantResource,
    AxeResource,
    ConventionResource,
    EngagementResource,
    ModificationAvenantResource,
    OffreResource,
    PartenaireResource,
    PhaseResource,
    SignataireConventionResource,
)

RESSOURCES = [
    PhaseResource,
    AxeResource,
    PartenaireResource,
    OffreResource,
    ConventionResource,
    SignataireConventionResource,
    EngagementResource,
    AvenantResource,
    ModificationAvenantResource,
    ComiteResource,
    MembreComiteResource,
    FicheResource,
    FinancementResource,
    EtapeResource,
    IndicateurResource,
    MesureResource,
    PassageResource,
    ReponseResource,
    SeanceResource,
    DemandeResource,
    PointOrdreDuJourResource,
    PresenceResource,
    AvisResource,
    RemarqueAvisResource,
    ReleveResource,
    ContratResource,
    SignataireContratResource,
    FicheContratResource,
    BonnePratiqueResource,
    UtiliteResource,
]
