"""Those who spoke: each person once, under one spelling."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse

from echanges.admin import EchangesAdmin
from evenements.admin.formulaires import FusionForm
from evenements.fusion import fusionner, suites
from evenements.models import AutreNom, Intervenant, Intervention
from evenements.resources import AutreNomResource, IntervenantResource
from territoires.administration import LignesTabulaires, PerimetreAdmin

FUSION = "fusion"  # what the page that says what will happen sends


class AutresNoms(LignesTabulaires):
    model = AutreNom


@admin.register(Intervenant)
class IntervenantAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = IntervenantResource
    resources_liees = (AutreNomResource,)
    list_display = ["nom", "prenom", "identifiant"]
    search_fields = ["recherche"]
    tri = "par nom"
    champs_cles = ("identifiant",)
    inlines = [AutresNoms]
    actions = ["fusionner"]

    @admin.action(description="Fusionner : une seule et même personne", permissions=["change"])
    def fusionner(self, request, queryset):
        choisis = queryset.order_by("nom", "prenom", "pk")
        if choisis.count() < 2:
            self.message_user(request, "Choisissez au moins deux personnes.", messages.WARNING)
            return None
        formulaire = FusionForm(
            request.POST if "confirme" in request.POST else None, intervenants=choisis
        )
        if formulaire.is_valid():
            return self._fusionner(request, formulaire.cleaned_data["garde"], choisis)
        paroles = Intervention.objects.filter(intervenant__in=choisis).des_plus_recentes()
        contexte = self.admin_site.each_context(request) | {
            "title": "Fusionner des intervenants",
            "opts": self.opts,
            "formulaire": formulaire,
            "choisis": [(i, [p for p in paroles if p.intervenant_id == i.pk]) for i in choisis],
            "champ_choix": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/evenements/intervenant/fusionner.html", contexte)

    def _fusionner(self, request, garde, choisis):
        """Say what will happen to whom; once that is read, do it."""
        doublons = [i for i in choisis if i != garde]
        if request.POST["confirme"] == FUSION:
            nombre = fusionner(garde, doublons=[i.pk for i in doublons])
            self.message_user(request, f"{garde} : interventions reprises, {nombre}.")
            return None
        contexte = self.admin_site.each_context(request) | {
            "title": "Fusionner des intervenants",
            "opts": self.opts,
            "garde": garde,
            "choisis": choisis,
            "suites": suites(garde, doublons),
            "champ_choix": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(
            request, "admin/evenements/intervenant/fusion_resume.html", contexte
        )
