"""Who may do what with the bonnes pratiques."""

import rules

from territoires.permissions import a_un_perimetre, est_delegation

# Read by all; its file names fiches that may still be drafts elsewhere: taken by the délégation.
rules.add_perm("programme.view_bonnepratique", a_un_perimetre)
for verbe in ("add", "change", "delete", "exporter", "importer"):
    rules.add_perm(f"programme.{verbe}_bonnepratique", est_delegation)
rules.add_perm("programme.dire_utile", a_un_perimetre)
