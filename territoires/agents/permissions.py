"""What an agent may do: the rules that every subject starts from."""

import rules

from territoires.permissions import a_un_perimetre, est_delegation, reference

reference("territoires.agent")
rules.add_perm("territoires", a_un_perimetre)
# The record of imports is the délégation's.
rules.add_perm("echanges", est_delegation)
rules.add_perm("echanges.view_import", est_delegation)
