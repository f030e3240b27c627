"""What an agent may do: the rules that every subject starts from."""

import rules
from rules import predicate

from territoires.permissions import a_un_perimetre, est_delegation


@predicate
def tient_les_comptes(user):
    """The technical superuser of a deployment administers accounts, with or without perimeter."""
    return getattr(user, "tient_les_comptes", False)


@predicate
def compte_a_sa_portee(user, agent=None):
    """Only a superuser touches a superuser: nobody takes over the account that keeps the others."""
    return agent is None or not agent.is_superuser or tient_les_comptes(user)


@predicate
def autre_que_soi(user, agent=None):
    """Nobody deletes its own account: somebody has to remain who says who did it."""
    return agent is None or agent.pk != user.pk


ecrit_les_comptes = (est_delegation | tient_les_comptes) & compte_a_sa_portee
rules.add_perm("territoires.view_agent", a_un_perimetre | tient_les_comptes)
for verbe in ("add", "change"):
    rules.add_perm(f"territoires.{verbe}_agent", ecrit_les_comptes)
rules.add_perm("territoires.delete_agent", ecrit_les_comptes & autre_que_soi)
# The file holds the user names, which only who keeps the accounts reads.
rules.add_perm("territoires.exporter_agent", est_delegation)
rules.add_perm("territoires.importer_agent", est_delegation)
rules.add_perm("territoires", a_un_perimetre | tient_les_comptes)
# The record of imports is the délégation's.
rules.add_perm("echanges", est_delegation)
rules.add_perm("echanges.view_import", est_delegation)
# So are the profiles of columns: who may import may rename, share or remove any of them.
for verbe in ("view", "change", "delete"):
    rules.add_perm(f"echanges.{verbe}_correspondance", est_delegation)
