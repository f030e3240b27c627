"""The filters of the fiches' list; none joins several rows, so that each fiche counts once."""

import datetime

from django.contrib import admin
from django.utils import timezone

from programme.models import FicheAction
from territoires.administration import FiltreDuPerimetre
from territoires.models import Region, Territoire

SIX_MOIS = datetime.timedelta(days=183)


class ParRegion(admin.SimpleListFilter):
    title = "région"
    parameter_name = "region"

    def lookups(self, request, model_admin):
        regions = Region.objects.all()
        if not request.user.est_delegation:
            siens = Territoire.objects.du_perimetre(request.user).order_by()
            courants = siens.values("perimetre_courant")
            regions = regions.filter(perimetres__in=courants).distinct()
        return list(regions.values_list("pk", "nom"))

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        territoires = Territoire.objects.des_regions([self.value()])
        return queryset.filter(territoire__in=territoires)


class Cas(admin.SimpleListFilter):
    title = "à regarder"
    parameter_name = "cas"

    def lookups(self, request, model_admin):
        return [
            ("moi", "attend mon action"),
            ("sans-budget", "sans budget"),
            ("sans-nouvelle", "sans nouvelle depuis six mois"),
        ]

    def queryset(self, request, queryset):
        if self.value() == "moi":
            return attend(queryset, request.user)
        if self.value() == "sans-budget":
            return queryset.filter(cout_total=None)
        if self.value() == "sans-nouvelle":
            return queryset.filter(updated_at__lt=timezone.now() - SIX_MOIS).exclude(
                etat__in=["realisee", "abandonnee", "refusee"]
            )
        return queryset


def attend(fiches, user):
    """Fiches whose next step is this person's: write them, or give the comité's avis."""
    if user.sirens:
        return fiches.filter(etat__in=FicheAction.ETATS_MODIFIABLES)
    return fiches.filter(pk__in=FicheAction.objects.a_instruire(user).order_by().values("pk"))


FILTRES = [
    Cas,
    "etat",
    ParRegion,
    ("axe", FiltreDuPerimetre),
    ("partenaires", FiltreDuPerimetre),
    ("territoire", FiltreDuPerimetre),
]
