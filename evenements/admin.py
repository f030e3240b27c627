"""Assemblées, their séquences and who said what."""

from django.contrib import admin
from django.urls import reverse

from echanges.admin import EchangesAdmin
from evenements import models, resources
from programme.models import Engagement
from territoires.administration import (
    FiltreDuPerimetre,
    LignesDeFichiers,
    LignesEmpilees,
    LignesTabulaires,
    PerimetreAdmin,
    Publiable,
)


class Sequences(LignesTabulaires):
    model = models.Sequence
    fields = ["ordre", "titre", "type", "jour", "moment", "debut", "fin", "salle"]
    show_change_link = True


class Documents(LignesDeFichiers):
    model = models.Document
    fields = ["titre", "auteurs", "date", "telecharger", "fichier", "lien"]

    def adresse(self, document):
        assemblee = document.assemblee
        if assemblee.publiee_le:
            return reverse("document", args=[assemblee.identifiant, document.pk])
        return None


@admin.register(models.Assemblee)
class AssembleeAdmin(Publiable, EchangesAdmin, PerimetreAdmin):
    resource_class = resources.AssembleeResource
    ressources_liees = (
        resources.SequenceResource,
        resources.InterventionResource,
        resources.DocumentResource,
        resources.AnnonceResource,
    )
    list_display = ["titre", "ville", "date_debut", "date_fin", "publiee_le"]
    list_filter = [("publiee_le", admin.EmptyFieldListFilter)]
    search_fields = ["recherche"]
    champs_cles = ("identifiant",)
    autocomplete_fields = ["edition", "conventions"]
    readonly_fields = ["publiee_le", "publiee_par"]
    fieldsets = [
        (None, {"fields": ["identifiant", "titre", ("date_debut", "date_fin"), ("ville", "lieu")]}),
        ("Récit", {"fields": ["organisateurs", "participants", "resume", "source", "contact"]}),
        ("Ce qui y fut présenté", {"fields": ["edition", "conventions"]}),
        ("Publication", {"fields": ["publiee_le", "publiee_par"]}),
    ]
    inlines = [Sequences, Documents]


class Interventions(LignesEmpilees):
    model = models.Intervention
    autocomplete_fields = ["intervenant", "territoire"]


class Annonces(LignesEmpilees):
    """Leads to fiches of any perimeter: shown to those who write it, the délégation."""

    model = models.Annonce
    autocomplete_fields = ["contrat", "fiche", "edition", "bonne_pratique"]

    def has_view_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "intervention":
            sequence = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = models.Intervention.objects.filter(
                sequence=sequence if sequence and sequence.isdigit() else None
            ).select_related("intervenant")
        if db_field.name == "engagement":
            kwargs["queryset"] = Engagement.objects.select_related("convention")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(models.Sequence)
class SequenceAdmin(PerimetreAdmin):
    list_display = ["titre", "assemblee", "ordre", "type", "jour"]
    list_filter = [("assemblee", FiltreDuPerimetre), "type"]
    list_select_related = ["assemblee"]
    search_fields = ["titre"]
    champs_cles = ("assemblee",)
    inlines = [Interventions, Annonces]

    def get_queryset(self, request):
        assemblees = models.Assemblee.objects.for_user(request.user)
        return admin.ModelAdmin.get_queryset(self, request).filter(assemblee__in=assemblees)

    def get_search_results(self, request, queryset, search_term):
        return admin.ModelAdmin.get_search_results(self, request, queryset, search_term)


@admin.register(models.Intervenant)
class IntervenantAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = resources.IntervenantResource
    list_display = ["nom", "prenom", "identifiant"]
    search_fields = ["recherche"]
    champs_cles = ("identifiant",)
