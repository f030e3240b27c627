"""Requests for an account are the délégation's."""

import rules

from territoires.permissions import est_delegation

rules.add_perm("territoires.view_demandeacces", est_delegation)
rules.add_perm("territoires.delete_demandeacces", est_delegation)
