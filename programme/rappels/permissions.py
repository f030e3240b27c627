"""Who sets how early a région is reminded."""

import rules
from rules import predicate

from territoires.permissions import est_delegation


@predicate
def de_sa_region(user, delai=None):
    """A région keeps its own delays, the délégation all."""
    if est_delegation(user):
        return True
    codes = getattr(user, "codes_regions", ())
    return bool(codes) and (delai is None or delai.region_id in codes)


for verbe in ("view", "add", "change", "delete", "exporter"):
    rules.add_perm(f"programme.{verbe}_delaiderappel", de_sa_region)
rules.add_perm("programme.importer_delaiderappel", est_delegation)
