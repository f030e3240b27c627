"""What goes in and out as CSV: geography, editions, périmètres, agents."""

from territoires.agents.resources import AgentResource
from territoires.editions.resources import (
    ContourResource,
    EditionResource,
    FiliationResource,
    PerimetreResource,
    TerritoireResource,
)
from territoires.geographie.resources import (
    CommuneResource,
    DepartementResource,
    IntercommunaliteResource,
    LocaliteResource,
    RegionResource,
)
from territoires.liens.resources import LienProgrammeResource
from territoires.mandats.resources import MandatResource

DEJA_MEMBRE = "ce membre appartient déjà à un territoire de cette édition : {}"


RESOURCES = [
    RegionResource,
    DepartementResource,
    IntercommunaliteResource,
    CommuneResource,
    LocaliteResource,
    ContourResource,
    AgentResource,
    EditionResource,
    TerritoireResource,
    PerimetreResource,
    FiliationResource,
    MandatResource,
    LienProgrammeResource,
]
