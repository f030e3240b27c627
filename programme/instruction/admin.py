"""What is said of the fiches while they are examined, in lists; written on the fiche's page."""

from django.contrib import admin
from django.urls import reverse

from echanges.admin import EchangesAdmin
from programme.fiches.admin.fiches import FicheAdmin
from programme.fiches.admin.filters import FILTRES
from programme.instruction.filtres import SuiviePar
from programme.instruction.models import AvisTechnique, DemandeComplement, PointDeControle
from programme.instruction.resources import (
    AttributionResource,
    AvisTechniqueResource,
    CocheResource,
    ComplementResource,
    MessageResource,
    NoteInterneResource,
    PointDeControleResource,
)
from territoires.administration import PerimetreAdmin, SesPropres

# The list of fiches, in a room below, takes this filter and these files from here.
FILTRES.insert(1, SuiviePar)
FicheAdmin.resources_liees += (
    AvisTechniqueResource,
    ComplementResource,
    MessageResource,
    NoteInterneResource,
    AttributionResource,
    CocheResource,
)


class LuSurLaFiche(PerimetreAdmin):
    """A list whose rows are written, and read in full, on the page of their fiche."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    has_delete_permission = has_change_permission

    def adresse_de_ligne(self, request, objet):
        return reverse("instruction", args=[objet.fiche.reference])


@admin.register(AvisTechnique)
class AvisTechniqueAdmin(LuSurLaFiche):
    classeur_de = (AvisTechniqueResource,)
    list_display = ["fiche", "service", "sens", "le"]
    list_filter = ["sens"]
    list_select_related = ["fiche"]
    search_fields = ["fiche__recherche", "service"]
    ordering = ["-le", "-pk"]
    tri = "les derniers donnés d’abord"
    fields = ["fiche", "service", "sens", "texte", "le", "auteur"]
    readonly_fields = fields


class SituationFilter(admin.SimpleListFilter):
    title = "situation"
    parameter_name = "situation"

    def lookups(self, request, model_admin):
        return [("ouverte", "attend une réponse"), ("repondue", "a reçu sa réponse")]

    def queryset(self, request, queryset):
        if self.value() == "ouverte":
            return queryset.ouvertes()
        return queryset.exclude(repondue_le=None) if self.value() == "repondue" else queryset


@admin.register(DemandeComplement)
class DemandeComplementAdmin(LuSurLaFiche):
    classeur_de = (ComplementResource,)
    list_display = ["fiche", "numero", "service", "attendue_le", "situation"]
    list_filter = [SituationFilter]
    list_select_related = ["fiche"]
    search_fields = ["fiche__recherche", "service"]
    ordering = ["-demandee_le", "-pk"]
    tri = "les dernières demandées d’abord"
    fields = ["fiche", "numero", "service", "question", "rubriques", "attendue_le"]
    fields += [
        "demandee_le",
        "demandee_par",
        "reponse",
        "repondue_le",
        "repondue_par",
        "retiree_le",
    ]
    readonly_fields = fields

    @admin.display(description="rubriques à compléter")
    def rubriques(self, demande):
        return ", ".join(demande.libelles)

    @admin.display(description="situation")
    def situation(self, demande):
        return demande.situation


@admin.register(PointDeControle)
class PointDeControleAdmin(SesPropres, EchangesAdmin, PerimetreAdmin):
    resource_class = PointDeControleResource
    list_display = ["intitule", "region", "ordre", "actif"]
    list_filter = ["actif"]
    list_select_related = ["region"]
    search_fields = ["intitule"]
    ordering = ["region__nom", "ordre", "pk"]
    tri = "par région, dans l’ordre de la grille"
    fields = ["region", "ordre", "intitule", "actif"]

    def siens(self, user):
        """A région writes its own checklist."""
        return {"region": user.regions.all()} if user.codes_regions else {}
