"""The links of the territoires with other programmes."""

from django.contrib import admin

from echanges.admin import EchangesAdmin
from territoires.administration import PerimetreAdmin
from territoires.editions.filters import ParTerritoire
from territoires.liens.models import LienProgramme
from territoires.liens.resources import LienProgrammeResource


@admin.register(LienProgramme)
class LienProgrammeAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = LienProgrammeResource
    list_display = ["nom", "genre", "territoire", "adresse"]
    list_filter = ["genre", ("territoire", ParTerritoire)]
    list_select_related = ["territoire"]
    search_fields = ["recherche", "territoire__recherche"]
    ordering = ["territoire__recherche", "genre", "recherche", "pk"]
    tri = "par territoire, puis par programme"
    champs_cles = ("territoire",)
    autocomplete_fields = ["territoire"]
    fields = ["territoire", "genre", "nom", "adresse"]
