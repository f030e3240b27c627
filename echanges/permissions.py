"""The record of imports is the délégation's."""

import rules

from territoires.permissions import est_delegation

rules.add_perm("echanges", est_delegation)
rules.add_perm("echanges.view_import", est_delegation)
