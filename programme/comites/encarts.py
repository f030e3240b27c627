"""What the comité de pilotage says on the page of its région."""

from programme.comites.models import ComiteDePilotage
from territoires.encarts import encart

SEANCES = 5


@encart("region", "programme/comites/_comite.html", rang=10)
def comite_de_la_region(region, request):
    comite = ComiteDePilotage.objects.filter(region=region).first()
    return {
        "comite": comite,
        "membres": comite.membres.all() if comite else [],
        "seances": comite.seances.all()[:SEANCES] if comite else [],
    }
