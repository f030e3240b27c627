"""The other programmes of a territoire, on its page of today."""

from territoires.ecrites import ecrite
from territoires.encarts import encart
from territoires.liens.models import LienProgramme


@encart("territoire", "territoires/liens/_du_territoire.html", rang=30)
def liens_du_territoire(territoire, request):
    liens = _publics(territoire.pk)
    return {"liens": liens} if liens else None


@ecrite
def _publics(territoire):
    return LienProgramme.objects.du_public().filter(territoire=territoire)
