"""Bonnes pratiques: written by the délégation, published when they are ready."""

from django.contrib import admin
from django.db.models import F

from echanges.admin import EchangesAdmin
from programme.pratiques.brouillon import pratique_depuis
from programme.pratiques.forms import BonnePratiqueForm
from programme.pratiques.models import BonnePratique
from programme.pratiques.resources import BonnePratiqueResource
from territoires.administration import PerimetreAdmin
from territoires.listes.filters import FiltreDuPerimetre, FiltreFait
from territoires.publication import Publiable


@admin.register(BonnePratique)
class BonnePratiqueAdmin(Publiable, EchangesAdmin, PerimetreAdmin):
    form = BonnePratiqueForm
    resource_class = BonnePratiqueResource
    list_display = ["titre", "territoire", "axe", "publiee_le"]
    list_filter = [("axe", FiltreDuPerimetre), ("publiee_le", FiltreFait)]
    list_select_related = ["territoire", "axe__phase"]
    search_fields = ["recherche"]
    ordering = [F("publiee_le").desc(nulls_first=True), "titre"]
    tri = "celles qui restent à publier d’abord, puis les dernières publiées"
    champs_cles = ("identifiant",)
    autocomplete_fields = ["territoire", "axe", "fiche", "fiches_liees"]
    readonly_fields = ["publiee_le", "publiee_par"]
    fieldsets = [
        (None, {"fields": ["identifiant", "titre", "territoire", "axe", "themes"]}),
        ("Origine", {"fields": ["fiche", "fiches_liees", "formalisee_par_un_pilote"]}),
        ("Récit", {"fields": ["resume", "mise_en_oeuvre", "cout", "contact"]}),
        ("Publication", {"fields": ["publiee_le", "publiee_par"]}),
    ]

    def get_changeform_initial_data(self, request):
        """Filled from a fiche when the person comes from it."""
        return super().get_changeform_initial_data(request) | pratique_depuis(request)

    def get_fieldsets(self, request, obj=None):
        """The fiche of origin and its relatives may belong to another perimeter."""
        blocs = super().get_fieldsets(request, obj)
        if request.user.est_delegation:
            return blocs
        return [bloc for bloc in blocs if bloc[0] != "Origine"]
