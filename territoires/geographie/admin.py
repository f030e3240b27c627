"""Régions, départements, intercommunalités, communes: the délégation writes, the others read."""

from django.contrib import admin

from echanges.admin import EchangesAdmin
from territoires.administration import LignesTabulaires, PerimetreAdmin
from territoires.geographie.models import (
    CodePostal,
    Commune,
    Departement,
    Intercommunalite,
    Localite,
    Region,
)
from territoires.geographie.resources import (
    CommuneResource,
    DepartementResource,
    IntercommunaliteResource,
    LocaliteResource,
    RegionResource,
)
from territoires.listes.filters import FiltreDuPerimetre


@admin.register(Region)
class RegionAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = RegionResource
    list_display = ["nom", "code"]
    tri = "par nom"
    search_fields = ["recherche"]
    champs_codes = champs_cles = ("code",)


@admin.register(Departement)
class DepartementAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = DepartementResource
    list_display = ["nom", "code", "region"]
    tri = "par code"
    list_filter = [("region", FiltreDuPerimetre)]
    list_select_related = ["region"]
    search_fields = ["recherche"]
    champs_codes = champs_cles = ("code",)


@admin.register(Intercommunalite)
class IntercommunaliteAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = IntercommunaliteResource
    list_display = ["nom", "siren", "nature", "departement", "population", "dissoute_le"]
    tri = "par nom"
    list_filter = ["nature", ("departement__region", FiltreDuPerimetre)]
    list_select_related = ["departement"]
    search_fields = ["recherche"]
    champs_codes = champs_cles = ("siren",)
    autocomplete_fields = ["departement", "successeurs"]
    fieldsets = [
        (None, {"fields": ["siren", "nom", "nature", "departement", "population"]}),
        ("Fin de vie", {"fields": ["dissoute_le", "successeurs"]}),
    ]


class CodesPostaux(LignesTabulaires):
    model = CodePostal


@admin.register(Commune)
class CommuneAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = CommuneResource
    list_display = ["nom", "code", "departement", "intercommunalite", "population"]
    tri = "par nom"
    list_filter = [("departement__region", FiltreDuPerimetre)]
    list_select_related = ["departement", "intercommunalite"]
    search_fields = ["recherche"]
    champs_codes = champs_cles = ("code",)
    autocomplete_fields = ["departement", "intercommunalite", "ept"]
    inlines = [CodesPostaux]


@admin.register(Localite)
class LocaliteAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = LocaliteResource
    list_display = ["code", "nom", "nature", "commune", "collectivite"]
    tri = "par nom"
    list_filter = ["nature", ("commune__departement__region", FiltreDuPerimetre)]
    list_select_related = ["commune"]
    search_fields = ["recherche"]
    champs_codes = ("code",)
    champs_cles = ("code", "nature")
    autocomplete_fields = ["commune"]
