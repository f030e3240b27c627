"""The map of one published edition, drawn by the server, and the same data as a table."""

from django.shortcuts import render
from django.views.generic import View

from territoires.dessin.carte import TEINTES, dessin_de_region, dessin_du_pays
from territoires.models import EditionCarte, Region


class PageCarte(View):
    """`?region=75` shows one région, on the map and in the table alike."""

    def get(self, request, code=None):
        editions = EditionCarte.objects.publiees()
        edition = editions.filter(code=code).first() if code else editions.en_vigueur()
        contexte = {"edition": edition, "editions": editions, "code": code}
        if code and not edition:
            return render(request, "territoires/edition_inconnue.html", contexte, status=404)
        contexte["toutes_les_regions"] = regions = list(Region.objects.all())
        contexte["region"] = next((r for r in regions if r.pk == request.GET.get("region")), None)
        for region in regions:
            region.teinte = TEINTES.get(region.pk, "a")
        if edition and edition.composition_connue:
            if contexte["region"]:
                contexte["carte"] = dessin_de_region(edition, contexte["region"])
            else:
                contexte["carte"] = dessin_du_pays(edition)
        return render(request, "territoires/carte.html", contexte)
