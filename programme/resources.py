"""What goes in and out as CSV, in the order in which the files load."""

from programme.comites.resources.comites import (
    AvisResource,
    ComiteResource,
    MembreComiteResource,
    PointOrdreDuJourResource,
    PresenceResource,
    ReleveResource,
    RemarqueAvisResource,
    SeanceResource,
)
from programme.comites.resources.demandes import DemandeResource
from programme.contrats.resources import (
    AvenantContratResource,
    ContratResource,
    FicheContratResource,
    ModificationAvenantContratResource,
    SignataireContratResource,
    SuiteContratResource,
)
from programme.fiches.modifications.resources import (
    ChangementResource,
    ModificationResource,
    PassageModificationResource,
)
from programme.fiches.resources import (
    FicheResource,
    IndicateurResource,
    MesureResource,
    PassageResource,
)
from programme.fiches.resources_obstacles import (
    NouvelleResource,
    ObstacleNationalResource,
    ObstacleResource,
    ReponseResource,
)
from programme.fiches.resources_suivi import (
    BilanResource,
    EtapeResource,
    FinancementResource,
    MouvementResource,
    ReportResource,
)
from programme.instruction.resources import (
    AttributionResource,
    AvisTechniqueResource,
    CocheResource,
    ComplementResource,
    MessageResource,
    NoteInterneResource,
    PointDeControleResource,
)
from programme.partenaires.resources import (
    AvenantResource,
    AxeResource,
    ConventionResource,
    DateCleResource,
    EngagementResource,
    ModificationAvenantResource,
    OffreResource,
    PartenaireResource,
    PhaseResource,
    SignataireConventionResource,
)
from programme.pratiques.resources import BonnePratiqueResource, UtiliteResource
from programme.rappels.resources import DelaiDeRappelResource
from programme.themes.resources import ThemeResource

RESOURCES = [
    PhaseResource,
    AxeResource,
    DateCleResource,
    ThemeResource,
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
    MouvementResource,
    EtapeResource,
    ReportResource,
    IndicateurResource,
    MesureResource,
    PassageResource,
    ObstacleNationalResource,
    ObstacleResource,
    ReponseResource,
    NouvelleResource,
    BilanResource,
    ModificationResource,
    PassageModificationResource,
    ChangementResource,
    AvisTechniqueResource,
    ComplementResource,
    MessageResource,
    NoteInterneResource,
    AttributionResource,
    PointDeControleResource,
    CocheResource,
    SeanceResource,
    DemandeResource,
    PointOrdreDuJourResource,
    PresenceResource,
    AvisResource,
    RemarqueAvisResource,
    ReleveResource,
    ContratResource,
    SuiteContratResource,
    SignataireContratResource,
    FicheContratResource,
    AvenantContratResource,
    ModificationAvenantContratResource,
    BonnePratiqueResource,
    UtiliteResource,
    DelaiDeRappelResource,
]
