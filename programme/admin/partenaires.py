"""Phases, axes, partenaires with their offers, conventions with all that hangs on them."""

from django.contrib import admin
from django.urls import reverse

from echanges.admin import EchangesAdmin
from programme import models
from programme.resources import partenaires as resources
from territoires.administration import (
    FiltreDuPerimetre,
    LignesDeFichiers,
    LignesEmpilees,
    LignesTabulaires,
    PerimetreAdmin,
    Publiable,
)
from territoires.historique import HistoriqueLisible


@admin.register(models.Phase)
class PhaseAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = resources.PhaseResource
    list_display = ["nom", "numero", "debut", "fin"]
    champs_cles = ("numero",)


@admin.register(models.Axe)
class AxeAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = resources.AxeResource
    list_display = ["nom", "code", "phase", "ordre"]
    list_filter = [("phase", FiltreDuPerimetre)]
    list_select_related = ["phase"]
    search_fields = ["recherche"]
    champs_cles = ("code",)


@admin.register(models.Partenaire)
class PartenaireAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = resources.PartenaireResource
    list_display = ["nom", "nature", "site"]
    list_filter = ["nature"]
    search_fields = ["recherche"]
    champs_cles = ("identifiant",)


@admin.register(models.OffreDeService)
class OffreAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = resources.OffreResource
    list_display = ["intitule", "partenaire", "genre", "beneficiaires"]
    list_filter = [("partenaire", FiltreDuPerimetre), "genre", ("axes", FiltreDuPerimetre)]
    list_select_related = ["partenaire"]
    search_fields = ["recherche"]
    champs_cles = ("reference",)
    autocomplete_fields = ["partenaire", "axes"]


class Signataires(LignesTabulaires):
    model = models.SignataireConvention


class Engagements(LignesEmpilees):
    model = models.Engagement


class Avenants(LignesTabulaires):
    model = models.Avenant


class Documents(LignesDeFichiers):
    model = models.DocumentConvention
    fields = ["titre", "telecharger", "fichier"]

    def adresse(self, document):
        convention = document.convention
        if convention.publiee:
            return reverse("document-convention", args=[convention.reference, document.pk])
        return None


class SansEngagement(admin.SimpleListFilter):
    title = "engagements"
    parameter_name = "engagements"

    def lookups(self, request, model_admin):
        return [("sans", "sans engagement saisi")]

    def queryset(self, request, queryset):
        return queryset.filter(engagements=None) if self.value() == "sans" else queryset


@admin.register(models.Convention)
class ConventionAdmin(Publiable, HistoriqueLisible, EchangesAdmin, PerimetreAdmin):
    resource_class = resources.ConventionResource
    ressources_liees = (
        resources.SignataireConventionResource,
        resources.EngagementResource,
        resources.AvenantResource,
    )
    list_display = ["objet", "partenaire", "signee_le", "fin", "publiee"]
    list_filter = ["publiee", SansEngagement, ("partenaire", FiltreDuPerimetre)]
    list_select_related = ["partenaire"]
    search_fields = ["recherche"]
    date_hierarchy = "signee_le"
    champs_cles = ("reference",)
    autocomplete_fields = ["partenaire"]
    readonly_fields = ["publiee"]
    fieldsets = [
        (None, {"fields": ["reference", "partenaire", "objet", "description"]}),
        ("Dates", {"fields": [("signee_le", "lieu"), ("debut", "fin")]}),
        (
            "Publication",
            {
                "description": "Une convention publiée se lit sur le site, avec ses engagements. "
                "Pour la publier, choisissez-la dans la liste.",
                "fields": ["source", "publiee"],
            },
        ),
    ]
    inlines = [Signataires, Engagements, Avenants, Documents]

    def a_publier(self, lignes):
        return lignes.filter(publiee=False)

    def marquer(self, request, lignes):
        for convention in lignes:
            convention.publiee = True
            convention.save()
        return len(lignes)
