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
    france, lignes, lies = Ligne(), {}, set()
    contrats, regions = _signes(date), {region.pk: region for region in _regions()}
    courants = {contrat.territoire.perimetre_courant_id for contrat in contrats} - {None}
    de = _par_perimetre(_regions_de(sorted(courants)), regions)
    for contrat in contrats:
        if not contrat.est_termine_au(date):
            lies.add(contrat.territoire_id)
        for ligne in _lignes(france, lignes, de[contrat.territoire.perimetre_courant_id]):
            ligne.compter(contrat, date)
    lies = set(avec_leurs_suites(lies))
    for territoire, concernees in _carte_du(date, regions):
        if territoire.pk not in lies:
            for ligne in _lignes(france, lignes, concernees):
                ligne.sans.append(territoire)
    return sorted(lignes.items(), key=lambda ligne: ligne[0].recherche), france


def _lignes(france, lignes, concernees):
    return [france, *(lignes.setdefault(region, Ligne()) for region in concernees)]


def _carte_du(date, regions):
    """[(territoire, its régions)] of the edition in force on that day, by name; three queries."""
    edition = next((edition for edition in reversed(_editions()) if edition.date <= date), None)
    if edition is None:
        return []
    de = _par_perimetre(_regions_de_l_edition(edition.pk), regions)
    return [(territoire, de[territoire.perimetre]) for territoire in _territoires(edition.pk)]


def _par_perimetre(liens, regions):
    """{périmètre: its régions}, of what is read below."""
    de = defaultdict(list)
    for perimetre, region in liens:
        de[perimetre].append(regions[region])
    return de


@ecrite
def _signes(date):
    contrats = Contrat.objects.signes_au(date).select_related("territoire")
    return contrats.only("type", "etat", "fin", "territoire__perimetre_courant")


@ecrite
def _editions():
    return EditionCarte.objects.composees().order_by("date")


@ecrite
def _regions():
    return Region.objects.all()


@ecrite
def _regions_de(perimetres):
    liens = Perimetre.regions.through.objects.filter(perimetre__in=perimetres)
    return liens.values_list("perimetre", "region")


@ecrite
def _regions_de_l_edition(edition):
    liens = Perimetre.regions.through.objects.filter(perimetre__edition=edition)
    return liens.values_list("perimetre", "region")


@ecrite
def _territoires(edition):
    """With the key of their périmètre there."""
    tenus = Territoire.objects.filter(perimetres__edition=edition)
    tenus = tenus.annotate(perimetre=F("perimetres")).only("identifiant", "nom")
    return tenus.order_by("perimetres__recherche", "perimetres__pk")
