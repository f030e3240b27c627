"""The journal is read by the délégation and by who keeps the accounts; nobody writes it by hand."""

import rules
from rules import predicate

from territoires.permissions import est_delegation


@predicate
def tient_les_comptes(user):
    return getattr(user, "tient_les_comptes", False)


rules.add_perm("territoires.view_lignedujournal", est_delegation | tient_les_comptes)
rules.add_perm("territoires.exporter_lignedujournal", est_delegation | tient_les_comptes)
