"""The other programmes of a territoire, on its page of today."""

from territoires.encarts import encart
from territoires.liens.models import LienProgramme


@encart("territoire", "territoires/liens/_du_territoire.html", rang=30)
def liens_du_territoire(territoire, request):
    liens = list(LienProgramme.objects.du_public().filter(territoire=territoire))
    return {"liens": liens} if liens else None
