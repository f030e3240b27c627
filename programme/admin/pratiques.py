"""Bonnes pratiques: written by the délégation, published when they are ready."""

from django.contrib import admin, messages
from django.utils import timezone

from echanges.admin import EchangesAdmin
from programme import models
from programme.resources.contrats import BonnePratiqueResource
from territoires.administration import FiltreDuPerimetre, PerimetreAdmin


@admin.register(models.BonnePratique)
class BonnePratiqueAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = BonnePratiqueResource
    list_display = ["titre", "territoire", "axe", "publiee_le"]
    list_filter = [("axe", FiltreDuPerimetre), ("publiee_le", admin.EmptyFieldListFilter)]
    list_select_related = ["territoire", "axe__phase"]
    search_fields = ["recherche"]
    champs_cles = ("identifiant",)
    autocomplete_fields = ["territoire", "axe", "fiche", "fiches_liees"]
    readonly_fields = ["publiee_le", "publiee_par"]
    actions = ["publier"]
    fieldsets = [
        (None, {"fields": ["identifiant", "titre", "territoire", "axe", "theme"]}),
        ("Origine", {"fields": ["fiche", "fiches_liees", "formalisee_par_un_pilote"]}),
        ("Récit", {"fields": ["resume", "mise_en_oeuvre", "cout", "contact"]}),
        ("Publication", {"fields": ["publiee_le", "publiee_par"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        """The fiche of origin and its relatives may belong to another perimeter."""
        blocs = super().get_fieldsets(request, obj)
        if request.user.est_delegation:
            return blocs
        return [bloc for bloc in blocs if bloc[0] != "Origine"]

    @admin.action(description="Publier les bonnes pratiques choisies", permissions=["change"])
    def publier(self, request, queryset):
        nombre = queryset.filter(publiee_le=None).update(
            publiee_le=timezone.now(), publiee_par=request.user
        )
        self.message_user(request, f"Publiées : {nombre}.", messages.SUCCESS)
