"""What the comités say on the page of their région, and of the editions that they ask to change."""

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


@encart("edition-fiche", "programme/comites/_demandes_appliquees.html", rang=10)
def demandes_appliquees(edition, request):
    return {"demandes": edition.demandes_appliquees.all()}


@encart("edition-preparation", "programme/comites/_demandes_acceptees.html", rang=10)
def demandes_acceptees(edition, request):
    return {}
