"""Who sees what works behind, and starts again what failed."""

import rules

from territoires.permissions import est_delegation

rules.add_perm("taches.voir", est_delegation)
rules.add_perm("taches.relancer", est_delegation)
