"""Pages and news: drafted, looked at as they will be, published, taken back."""

from functools import partial

from django.contrib import admin
from django.template.response import TemplateResponse
from django.urls import path, reverse

from echanges.admin import EchangesAdmin
from evenements.editorial.forms import ActualiteForm, EditorialForm, LienChoisiForm
from evenements.editorial.models import Actualite, LienChoisi, PageEditoriale
from evenements.editorial.resources import (
    ActualiteResource,
    LienChoisiResource,
    PageEditorialeResource,
)
from evenements.editorial.views import contexte_d_une_actualite, contexte_d_une_page
from territoires.administration import PerimetreAdmin, ouvrir_ligne
from territoires.listes.filters import FiltreFait
from territoires.publication import Retirable


def apercu(admin, request, pk):
    """The public page as it will be, for who writes it."""
    droit = f"{admin.opts.app_label}.change_{admin.opts.model_name}"
    objet = ouvrir_ligne(request, admin.get_queryset(request), pk, droit)
    changer = reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_change", args=[pk])
    contexte = admin.contexte_public(objet) | {"apercu": True, "modifier": changer}
    return TemplateResponse(
        request, admin.gabarit_public, contexte, headers={"Cache-Control": "private, no-store"}
    )


class EditorialAdmin(Retirable, EchangesAdmin, PerimetreAdmin):
    list_filter = [("publiee_le", FiltreFait)]
    search_fields = ["recherche"]
    champs_cles = ("identifiant",)
    readonly_fields = ["publiee_le", "publiee_par"]

    def get_urls(self):
        nom = f"{self.opts.app_label}_{self.opts.model_name}_voir"
        vue = self.admin_site.admin_view(partial(apercu, self))
        return [path("<int:pk>/voir/", vue, name=nom), *super().get_urls()]

    def suites(self, request, objet):
        if not self.has_change_permission(request, objet):
            return super().suites(request, objet)
        nom = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_voir"
        return [("Aperçu", reverse(nom, args=[objet.pk])), *super().suites(request, objet)]

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.est_du_public else None


PUBLICATION = ("Publication", {"fields": ["publiee_le", "publiee_par"]})


@admin.register(PageEditoriale)
class PageEditorialeAdmin(EditorialAdmin):
    form = EditorialForm
    resource_class = PageEditorialeResource
    gabarit_public = "evenements/editorial/page.html"
    contexte_public = staticmethod(contexte_d_une_page)
    list_display = ["titre", "ordre", "identifiant", "publiee_le"]
    tri = "dans leur ordre"
    fieldsets = [
        (None, {"fields": ["titre", "ordre", "identifiant", "chapo", "texte"]}),
        PUBLICATION,
    ]


@admin.register(Actualite)
class ActualiteAdmin(EditorialAdmin):
    form = ActualiteForm
    resource_class = ActualiteResource
    gabarit_public = "evenements/editorial/actualite.html"
    contexte_public = staticmethod(contexte_d_une_actualite)
    list_display = ["titre", "le", "publiee_le", "identifiant"]
    tri = "les dernières d’abord"
    autocomplete_fields = ["territoires", "fiches", "conventions", "assemblees"]
    fieldsets = [
        (None, {"fields": ["titre", "le", "identifiant", "chapo", "texte", "themes"]}),
        ("De quoi elle parle", {"fields": ["territoires", "fiches", "conventions", "assemblees"]}),
        PUBLICATION,
    ]


@admin.register(LienChoisi)
class LienChoisiAdmin(EchangesAdmin, PerimetreAdmin):
    form = LienChoisiForm
    resource_class = LienChoisiResource
    list_display = ["page", "cible", "rang", "retire"]
    list_filter = ["retire"]
    tri = "par page, dans leur ordre"
    search_fields = ["page", "cible"]

    def get_changeform_initial_data(self, request):
        return {"page": request.GET.get("page", "")}

    def view_on_site(self, obj):
        return obj.page
