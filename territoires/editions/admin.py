"""Outlines given by a person: a new intercommunalité has none until somebody brings it."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from echanges.admin import EchangesAdmin
from territoires.administration import PerimetreAdmin
from territoires.editions.composition import brouillons_traces_par, calculer
from territoires.editions.resources import ContourResource
from territoires.formulaires import FormulaireIntact
from territoires.geographie.geometries import lire_geojson
from territoires.geographie.models import Contour

TAILLE_MAXIMALE = 5 * 1024 * 1024  # bytes: the largest commune in full detail


class ContourForm(FormulaireIntact):
    fichier = forms.FileField(
        label="Fichier GeoJSON",
        required=False,
        help_text="Un seul contour, en degrés WGS84, longitude puis latitude. Il prend la place "
        "de ce qui est écrit dans « géométrie ».",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "geometrie" in self.fields:  # not for those who only read
            self.fields["geometrie"].required = False

    def clean(self):
        donnees = super().clean() or self.cleaned_data
        if fichier := donnees.get("fichier"):
            self.errors.pop("geometrie", None)
            try:
                if fichier.size > TAILLE_MAXIMALE:
                    raise ValidationError("Ce fichier est trop lourd : 5 Mo au plus.")
                donnees["geometrie"] = lire_geojson(fichier.read())
            except ValidationError as erreur:
                self.add_error("fichier", erreur)
        return donnees


@admin.register(Contour)
class ContourAdmin(EchangesAdmin, PerimetreAdmin):
    form = ContourForm
    resource_class = ContourResource
    list_display = ["__str__", "genre"]
    tri = "les derniers saisis d’abord"
    ordering = ["-pk"]
    list_select_related = ["region", "intercommunalite", "commune"]
    search_fields = [f"{cible}__recherche" for cible in list_select_related]
    autocomplete_fields = champs_cles = ("region", "intercommunalite", "commune")
    fields = [*champs_cles, "fichier", "geometrie"]

    @admin.display(description="genre")
    def genre(self, contour):
        cible = contour.region or contour.intercommunalite or contour.commune
        return cible._meta.verbose_name

    def get_queryset(self, request):
        return super().get_queryset(request).defer("geometrie")

    def get_fields(self, request, obj=None):
        if self.has_change_permission(request, obj):
            return self.fields
        return [*self.champs_cles, "geometrie"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change or form.has_changed():
            calculer(brouillons_traces_par([obj.pk]))

    def delete_model(self, request, obj):
        touches = list(brouillons_traces_par([obj.pk]))
        super().delete_model(request, obj)
        calculer(touches)

    def delete_queryset(self, request, queryset):
        touches = list(brouillons_traces_par(queryset.values("pk")))
        super().delete_queryset(request, queryset)
        calculer(touches)

    def apres_retour(self, objet):
        calculer(brouillons_traces_par([objet.pk]))
