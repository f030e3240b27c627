"""On the page of an agent, that its address refuses what is sent to it."""

from territoires.encarts import encart


@encart("agent", "programme/courriels/_adresse_refusee.html", rang=20)
def adresse_refusee(agent, request):
    if not request.user.has_perm("programme.view_courriel"):
        return None
    refus = agent.courriels.dont_l_adresse_refuse().order_by("-refuse_le").first()
    return {"refus": refus} if refus else None
