"""Who may see and bring back what was deleted."""

import rules

from territoires.permissions import est_delegation

rules.add_perm("territoires.ramener", est_delegation)
