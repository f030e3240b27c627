"""Protocoles and contrats of the territoires."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F

from echanges.admin import EchangesAdmin
from programme.contrats.models import Contrat, FicheContrat, SignataireContrat
from programme.contrats.resources import (
    ContratResource,
    FicheContratResource,
    SignataireContratResource,
)
from programme.fiches.models import FicheAction
from territoires.administration import LignesTabulaires, PerimetreAdmin
from territoires.editions.filters import ParTerritoire
from territoires.formulaires import FormulaireIntact


class Signataires(LignesTabulaires):
    model = SignataireContrat


class LigneFicheForm(FormulaireIntact):
    def clean_fiche(self):
        fiche, contrat = self.cleaned_data["fiche"], self.instance.contrat
        if contrat.territoire_id and fiche.territoire_id != contrat.territoire_id:
            raise ValidationError(
                "Cette fiche est celle d’un autre territoire : choisissez-en une de "
                f"{contrat.territoire}."
            )
        return fiche


class Fiches(LignesTabulaires):
    """Only fiches of the contrat's territoire: its readers may not read the others."""

    model = FicheContrat
    form = LigneFicheForm
    autocomplete_fields = ["fiche"]

    def get_queryset(self, request):
        siennes = FicheAction.objects.for_user(request.user).order_by()
        return super().get_queryset(request).filter(fiche__in=siennes.values("pk"))


class ParDeliberation(admin.SimpleListFilter):
    title = "délibérations"
    parameter_name = "deliberations"

    def lookups(self, request, model_admin):
        return [("manquantes", "une au moins manque")]

    def queryset(self, request, queryset):
        if self.value() != "manquantes":
            return queryset
        vides = SignataireContrat.objects.filter(
            deliberation_numero="", deliberation_date=None, contrat__in=queryset.order_by()
        )
        # What a name says of who must vote is not a question for SQL.
        return queryset.filter(pk__in={s.contrat_id for s in vides if s.deliberation_manquante})


@admin.register(Contrat)
class ContratAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = ContratResource
    resources_liees = (SignataireContratResource, FicheContratResource)
    list_display = ["reference", "territoire", "type", "etat", "signe_le"]
    list_filter = ["type", "etat", ParDeliberation, ("territoire", ParTerritoire)]
    list_select_related = ["territoire"]
    search_fields = ["recherche", "territoire__recherche"]
    ordering = [F("signe_le").desc(nulls_first=True), "reference"]
    tri = "ceux qui restent à signer d’abord, puis les derniers signés"
    champs_cles = ("reference",)
    autocomplete_fields = ["territoire"]
    fieldsets = [
        (None, {"fields": ["reference", "territoire", "type", "etat"]}),
        ("Signature et période", {"fields": [("signe_le", "lieu"), ("debut", "fin")]}),
        ("Contenu", {"fields": ["nombre_fiches_annonce", "source"]}),
    ]
    inlines = [Signataires, Fiches]
