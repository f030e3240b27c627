"""The filters of the fiches' list; none joins several rows, so that each fiche counts once."""

from django.contrib import admin
from django.db.models import Q

from programme.fiches.filters import CAS, attend
from programme.fiches.models import FicheAction
from territoires.editions.filters import ParTerritoire
from territoires.editions.models import Territoire
from territoires.geographie.models import Region
from territoires.listes.filters import FiltreDuPerimetre


class ParRegion(admin.SimpleListFilter):
    """Those that the territoires of the person's fiches touch."""

    title = "région"
    parameter_name = "region"
    lus_dans_les_lignes = True

    def lookups(self, request, model_admin):
        fiches = model_admin.get_queryset(request).order_by()
        courants = Territoire.objects.filter(pk__in=fiches.values("territoire")).order_by()
        touchees = Q(perimetres__in=courants.values("perimetre_courant"))
        regions = Region.objects.filter(touchees | Q(pk=self.value())).distinct()
        return list(regions.values_list("pk", "nom"))

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        territoires = Territoire.objects.des_regions([self.value()])
        return queryset.filter(territoire__in=territoires)


PARTAGES = {
    "partagee": (
        "brouillon partagé avec la région",
        Q(etat=FicheAction.Etat.BROUILLON, partagee_le__isnull=False),
    ),
    "saisie": ("saisie par la région", Q(saisie_par__isnull=False)),
}


class Cas(admin.SimpleListFilter):
    title = "à regarder"
    parameter_name = "cas"

    def lookups(self, request, model_admin):
        autres = [(nom, libelle) for nom, (libelle, _) in CAS.items()]
        partages = [(nom, libelle) for nom, (libelle, _) in PARTAGES.items()]
        return [("moi", "attend mon action"), *autres, *partages]

    def queryset(self, request, queryset):
        if self.value() == "moi":
            return attend(queryset, request.user)
        if self.value() in PARTAGES:
            return queryset.filter(PARTAGES[self.value()][1])
        return CAS[self.value()][1](queryset) if self.value() in CAS else queryset


class ParCout(admin.SimpleListFilter):
    title = "coût total"
    parameter_name = "cout"
    TRANCHES = {
        "petit": ("moins de 100 000 €", Q(cout_total__lt=100_000)),
        "moyen": ("de 100 000 à 1 000 000 €", Q(cout_total__range=(100_000, 1_000_000))),
        "grand": ("plus de 1 000 000 €", Q(cout_total__gt=1_000_000)),
    }

    def lookups(self, request, model_admin):
        return [(nom, libelle) for nom, (libelle, _) in self.TRANCHES.items()]

    def queryset(self, request, queryset):
        tranche = self.TRANCHES.get(self.value())
        return queryset.filter(tranche[1]) if tranche else queryset


class ParDebut(admin.SimpleListFilter):
    lus_dans_les_lignes = True
    title = "année de début"
    parameter_name = "debut"
    ANNEES = range(2018, 2036)  # those of the programme's phases, and the end of its actions

    def lookups(self, request, model_admin):
        debuts = model_admin.get_queryset(request).order_by()
        annees = {debut.year for debut in debuts.dates("date_debut", "year")}
        demandee = self.value() or ""
        if demandee.isdecimal():
            annees |= {int(demandee)} & set(self.ANNEES)
        return [(str(annee), str(annee)) for annee in sorted(annees, reverse=True)]

    def queryset(self, request, queryset):
        return queryset.filter(date_debut__year=self.value()) if self.value() else queryset


FILTRES = [
    Cas,
    "etat",
    ParRegion,
    ParCout,
    ParDebut,
    ("axe", FiltreDuPerimetre),
    ("partenaires", FiltreDuPerimetre),
    ("territoire", ParTerritoire),
]
