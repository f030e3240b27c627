"""What goes in and out as CSV, in the order in which the files load."""

from .comites import (
    AvisResource,
    ComiteResource,
    MembreComiteResource,
    PointOrdreDuJourResource,
    PresenceResource,
    ReleveResource,
    SeanceResource,
)
from .contrats import (
    BonnePratiqueResource,
    ContratResource,
    FicheContratResource,
    SignataireContratResource,
)
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
    PointOrdreDuJourResource,
    PresenceResource,
    AvisResource,
    ReleveResource,
    ContratResource,
    SignataireContratResource,
    FicheContratResource,
    BonnePratiqueResource,
]
