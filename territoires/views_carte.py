"""The map of one published edition, drawn by the server."""

from django.shortcuts import render
from django.views.generic import View

from territoires.dessin.trace_svg import CADRE, METROPOLE, OUTRE_MER, chemin
from territoires.models import Contour, EditionCarte, Trace


class PageCarte(View):
    def get(self, request, code=None):
        editions = EditionCarte.objects.publiees()
        edition = editions.filter(code=code).first() if code else editions.en_vigueur()
        contexte = {"edition": edition, "editions": editions, "code": code}
        if code and not edition:
            return render(request, "territoires/edition_inconnue.html", contexte, status=404)
        if edition and edition.composition_connue:
            contexte |= {"cadre": CADRE, "regions": regions_dessinees()}
            contexte["perimetres"] = perimetres_dessines(edition)
        return render(request, "territoires/carte.html", contexte)


def encart(region):
    return OUTRE_MER.get(region, METROPOLE)


def regions_dessinees():
    contours = Contour.objects.filter(region__isnull=False).select_related("region")
    return [chemin(contour.geometrie, encart(contour.region_id)) for contour in contours]


def perimetres_dessines(edition):
    """The périmètres of this edition by name, each with its régions and its path."""
    traces = (
        Trace.objects.filter(perimetre__edition=edition)
        .select_related("perimetre__territoire")
        .prefetch_related("perimetre__regions")
    )
    perimetres = []
    for trace in traces.order_by("perimetre__nom"):
        perimetre = trace.perimetre
        regions = list(perimetre.regions.all())
        perimetre.chemin = chemin(trace.geometrie, encart(regions[0].pk if regions else ""))
        perimetres.append(perimetre)
    return perimetres
