"""The calendar, on the page of one's account."""

from programme.rappels.models import AbonnementAgenda
from territoires.encarts import encart


@encart("compte", "programme/rappels/_du_compte.html", rang=10)
def agenda_du_compte(agent, request):
    if not agent.a_un_perimetre:
        return None
    return {
        "abonnement": AbonnementAgenda.objects.for_user(agent).first(),
        "request": request,
    }
