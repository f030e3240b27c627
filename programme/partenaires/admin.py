"""Phases, axes, partenaires with their offers, conventions with all that hangs on them."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from echanges.admin import EchangesAdmin
from programme.partenaires.avenants import Saisie
from programme.partenaires.engagements import DIRE
from programme.partenaires.forms import ConventionForm, EngagementForm
from programme.partenaires.models import (
    Avenant,
    Axe,
    Convention,
    DateCle,
    DocumentConvention,
    Engagement,
    OffreDeService,
    Partenaire,
    Phase,
    SignataireConvention,
)
from programme.partenaires.page_d_avenant import page_d_avenant
from programme.partenaires.resources import (
    AvenantResource,
    AxeResource,
    ConventionResource,
    DateCleResource,
    EngagementResource,
    ModificationAvenantResource,
    OffreResource,
    PartenaireResource,
    PhaseResource,
    SignataireConventionResource,
)
from territoires.administration import (
    LignesDeFichiers,
    LignesEmpilees,
    LignesTabulaires,
    PerimetreAdmin,
    SesPropres,
    contexte_de_ligne,
    ouvrir_ligne,
)
from territoires.formulaires import NumerosAutomatiques, RangsAutomatiques
from territoires.listes.filters import FiltreAnnee, FiltreDuPerimetre
from territoires.publication import Publiable


class ParPhase(FiltreDuPerimetre):
    ordre = ("-numero",)


@admin.register(Phase)
class PhaseAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = PhaseResource
    list_display = ["nom", "numero", "debut", "fin"]
    ordering = ["-numero"]
    tri = "la dernière d’abord"
    champs_cles = ("numero",)


@admin.register(DateCle)
class DateCleAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = DateCleResource
    list_display = ["chiffre", "le", "texte", "code"]
    tri = "par date"
    champs_cles = ("code",)


@admin.register(Axe)
class AxeAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = AxeResource
    list_display = ["nom", "code", "phase", "ordre"]
    list_filter = [("phase", ParPhase)]
    tri = "ceux de la dernière phase d’abord, dans leur ordre"
    list_select_related = ["phase"]
    search_fields = ["recherche"]
    champs_cles = ("code",)


@admin.register(Partenaire)
class PartenaireAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = PartenaireResource
    list_display = ["nom", "nature", "site"]
    tri = "par nom"
    list_filter = ["nature"]
    search_fields = ["recherche"]
    champs_cles = ("identifiant",)


@admin.register(OffreDeService)
class OffreAdmin(SesPropres, EchangesAdmin, PerimetreAdmin):
    resource_class = OffreResource
    list_display = ["intitule", "partenaire", "genre", "beneficiaires"]
    tri = "par partenaire"
    list_filter = [("partenaire", FiltreDuPerimetre), "genre", ("axes", FiltreDuPerimetre)]
    list_select_related = ["partenaire"]
    search_fields = ["recherche"]
    champs_cles = ("reference",)
    autocomplete_fields = ["partenaire", "axes"]

    def siens(self, user):
        """An opérateur writes the offers of its partenaire."""
        sien = user.opere_pour
        return {"partenaire": Partenaire.objects.filter(pk=sien)} if sien else {}


class Signataires(LignesTabulaires):
    model = SignataireConvention
    formset = RangsAutomatiques


class Engagements(LignesEmpilees):
    model = Engagement
    formset = NumerosAutomatiques
    readonly_fields = ["dire"]

    def get_queryset(self, request):
        # An inline is made anew for each request.
        self.lecteur = request.user
        return super().get_queryset(request).select_related("convention")

    def get_fields(self, request, obj=None):
        siens = obj and request.user.opere_pour == obj.partenaire_id
        return [c for c in super().get_fields(request, obj) if siens or c != "dire"]

    @admin.display(description="où il en est")
    def dire(self, engagement):
        if not engagement.pk or not self.lecteur.has_perm(DIRE, engagement):
            return "–"
        cles = [engagement.convention_id, engagement.pk]
        adresse = reverse("admin:programme_convention_engagement", args=cles)
        return format_html('<a href="{}">Dire où il en est</a>', adresse)


class Avenants(LignesTabulaires):
    """Signed on their own page, which keeps what they change; here their words are mended."""

    model = Avenant
    fields = ["numero", "signe_le", "objet", "changements"]
    readonly_fields = ["numero"]

    def has_add_permission(self, request, obj=None):
        return False


class Documents(LignesDeFichiers):
    model = DocumentConvention
    fields = ["titre", "telecharger", "fichier"]

    def get_queryset(self, request):
        # An inline is made anew for each request.
        self.ecrit = request.user.has_perm("programme.change_convention")
        return super().get_queryset(request)

    def adresse(self, document):
        convention = document.convention
        if convention.est_du_public or self.ecrit:
            return reverse("document-convention", args=[convention.reference, document.pk])
        return None


class SansEngagement(admin.SimpleListFilter):
    title = "engagements"
    parameter_name = "engagements"

    def lookups(self, request, model_admin):
        return [("sans", "sans engagement saisi")]

    def queryset(self, request, queryset):
        return queryset.filter(engagements=None) if self.value() == "sans" else queryset


@admin.register(Convention)
class ConventionAdmin(Publiable, EchangesAdmin, PerimetreAdmin):
    form = ConventionForm
    resource_class = ConventionResource
    resources_liees = (
        SignataireConventionResource,
        EngagementResource,
        AvenantResource,
        ModificationAvenantResource,
    )
    list_display = ["objet", "partenaire", "signee_le", "fin", "publiee"]
    list_filter = ["publiee", SansEngagement, ("partenaire", FiltreDuPerimetre)]
    list_filter += [("signee_le", FiltreAnnee)]
    tri = "les dernières signées d’abord"
    list_select_related = ["partenaire"]
    search_fields = ["recherche"]
    champs_cles = ("reference",)
    autocomplete_fields = ["partenaire"]
    readonly_fields = ["publiee"]
    gabarit_de_publication = "admin/programme/convention/publier.html"
    fieldsets = [
        (None, {"fields": ["reference", "partenaire", "objet", "description"]}),
        ("Dates", {"fields": [("signee_le", "lieu"), ("debut", "fin")]}),
        (
            "Publication",
            {
                "description": "Une convention publiée se lit sur le site, avec ses engagements. "
                "Le bouton « Publier » de la délégation montre d’abord ce qui sera lu.",
                "fields": ["source", "publiee"],
            },
        ),
    ]
    inlines = [Signataires, Engagements, Avenants, Documents]

    def get_urls(self):
        page = self.admin_site.admin_view(partial(signer_un_avenant, self))
        dire = self.admin_site.admin_view(partial(dire_un_engagement, self))
        return [
            path("<int:pk>/avenant/", page, name="programme_convention_avenant"),
            path(
                "<int:pk>/engagements/<int:engagement>/",
                dire,
                name="programme_convention_engagement",
            ),
            *super().get_urls(),
        ]

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.est_du_public else None

    def suites(self, request, objet):
        if not self.has_change_permission(request, objet):
            return []
        avenant = reverse("admin:programme_convention_avenant", args=[objet.pk])
        return [("Signer un avenant", avenant), *super().suites(request, objet)]

    def marquer(self, request, lignes):
        for convention in lignes:
            convention.publiee = True
            convention.save()
        return len(lignes)


def signer_un_avenant(modele_admin, request, pk):
    convention = ouvrir_ligne(
        request,
        modele_admin.get_queryset(request),
        pk,
        "programme.change_convention",
        "La délégation tient les conventions.",
    )
    return page_d_avenant(modele_admin, request, convention, Saisie)


def dire_un_engagement(modele_admin, request, pk, engagement):
    """Where it stands, said by the opérateur who took it, or for it by the délégation."""
    engagements = Engagement.objects.select_related("convention__partenaire")
    engagement = get_object_or_404(engagements, convention=pk, pk=engagement)
    ouvrir_ligne(
        request,
        engagements,
        engagement.pk,
        DIRE,
        "Cet engagement n’est pas de votre organisme : seul le partenaire qui l’a pris le dit.",
    )
    form = EngagementForm(engagement, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            form.faire(request.user)
        except ValidationError as erreur:
            form.refuser(erreur)
        else:
            modele_admin.message_user(request, "C’est enregistré.", messages.SUCCESS)
            return redirect("admin:programme_convention_change", pk)
    contexte = contexte_de_ligne(
        modele_admin,
        request,
        engagement.convention,
        f"Engagement {engagement.numero}, où il en est",
        form=form,
        engagement=engagement,
    )
    return TemplateResponse(request, "admin/programme/convention/engagement.html", contexte)
