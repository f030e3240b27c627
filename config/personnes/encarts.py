"""On the page of an agent, the way to what is held on this person."""

from territoires.encarts import encart


@encart("agent", "config/personnes/_lien.html", rang=10)
def lien(agent, request):
    return {"agent": agent} if request.user.has_perm("personnes.lire", agent) else None
