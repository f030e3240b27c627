"""Where contractualisation stands in the country, région by région, on a given day."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F

from programme.contrats.lignee import avec_leurs_suites
from programme.contrats.models import Contrat
from territoires.ecrites import ecrite
from territoires.editions.models import EditionCarte, Perimetre, Territoire
from territoires.geographie.models import Region


@dataclass
class Ligne:
    """How many protocoles and contrats were in force or over, and the territoires without any.

    `sans` are those of the map of that day that nothing signed bound, them or what they continue.
    """

    protocoles: int = 0
    contrats: int = 0
    termines: int = 0
    sans: list = field(default_factory=list)

    def compter(self, contrat, date):
        if contrat.est_termine_au(date):
            self.termines += 1
        elif contrat.type == Contrat.Type.PROTOCOLE:
            self.protocoles += 1
        else:
            self.contrats += 1


def contractualisation(date):
    """([(région, Ligne)] by name, Ligne of France); what is interrégional counts once there."""
    france, regions, lies = Ligne(), {}, set()
    contrats = Contrat.objects.signes_au(date).select_related("territoire__perimetre_courant")
    for contrat in contrats.prefetch_related("territoire__perimetre_courant__regions"):
        if not contrat.est_termine_au(date):
            lies.add(contrat.territoire_id)
        for ligne in _lignes(france, regions, contrat.territoire.regions):
            ligne.compter(contrat, date)
    lies = set(avec_leurs_suites(lies))
    for territoire, concernees in _carte_du(date):
        if territoire.pk not in lies:
            for ligne in _lignes(france, regions, concernees):
                ligne.sans.append(territoire)
    return sorted(regions.items(), key=lambda ligne: ligne[0].recherche), france


def _lignes(france, regions, concernees):
    return [france, *(regions.setdefault(region, Ligne()) for region in concernees)]


def _carte_du(date):
    """[(territoire, its régions)] of the edition in force on that day, by name; four queries."""
    edition = next((edition for edition in reversed(_editions()) if edition.date <= date), None)
    if edition is None:
        return []
    regions, de = {region.pk: region for region in _regions()}, defaultdict(list)
    for perimetre, region in _liens(edition.pk):
        de[perimetre].append(regions[region])
    return [(territoire, de[territoire.perimetre]) for territoire in _territoires(edition.pk)]


@ecrite
def _editions():
    return EditionCarte.objects.composees().order_by("date")


@ecrite
def _regions():
    return Region.objects.all()


@ecrite
def _liens(edition):
    liens = Perimetre.regions.through.objects.filter(perimetre__edition=edition)
    return liens.values_list("perimetre", "region")


@ecrite
def _territoires(edition):
    """With the key of their périmètre there."""
    tenus = Territoire.objects.filter(perimetres__edition=edition)
    tenus = tenus.annotate(perimetre=F("perimetres")).only("identifiant", "nom")
    return tenus.order_by("perimetres__recherche", "perimetres__pk")
