"""Who reads what the application wrote to agents, and sends it again."""

import rules

from territoires.permissions import est_delegation

# The délégation sees to it that messages arrive; nobody writes or changes one by hand.
rules.add_perm("programme.view_courriel", est_delegation)
rules.add_perm("programme.renvoyer_courriel", est_delegation)
