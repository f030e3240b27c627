"""Who may do what with the assemblées: the délégation writes, every agent reads."""

import rules

from territoires.permissions import a_un_perimetre, reference

reference("evenements.assemblee", "evenements.sequence", "evenements.intervenant")
reference("evenements.pageeditoriale", "evenements.actualite", "evenements.lienchoisi")
rules.add_perm("evenements", a_un_perimetre)
