"""The calendar, on the page of one's account."""

from django.template.context_processors import csrf

from programme.rappels.models import AbonnementAgenda
from territoires.encarts import encart


@encart("compte", "programme/rappels/_du_compte.html", rang=10)
def agenda_du_compte(agent, request):
    if not agent.a_un_perimetre:
        return None
    abonnement = AbonnementAgenda.objects.for_user(agent).first()
    return {"abonnement": abonnement, "user": agent, **csrf(request)}
