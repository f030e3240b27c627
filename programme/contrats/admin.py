"""Protocoles and contrats of the territoires, written by their régions."""

from functools import partial

from django.contrib import admin, messages
from django.db.models import F
from django.shortcuts import redirect
from django.urls import path, reverse

from echanges.admin import EchangesAdmin
from programme.contrats.avenants import Saisie
from programme.contrats.forms import ContratForm, LigneFicheForm
from programme.contrats.models import (
    AvenantContrat,
    Contrat,
    DocumentContrat,
    FicheContrat,
    SignataireContrat,
)
from programme.contrats.resources import (
    AvenantContratResource,
    ContratResource,
    FicheContratResource,
    ModificationAvenantContratResource,
    SignataireContratResource,
    SuiteContratResource,
)
from programme.fiches.models import FicheAction
from programme.partenaires.page_d_avenant import page_d_avenant
from territoires.administration import (
    LignesDeFichiers,
    LignesTabulaires,
    PerimetreAdmin,
    ouvrir_ligne,
)
from territoires.editions.filters import ParTerritoire


class Signataires(LignesDeFichiers):
    model = SignataireContrat
    fields = ["groupe", "organisation", "personne", "role", "deliberation_assemblee"]
    fields += ["deliberation_numero", "deliberation_date", "telecharger", "fichier"]

    def adresse(self, signataire):
        return reverse("deliberation-contrat", args=[signataire.contrat.reference, signataire.pk])


class Fiches(LignesTabulaires):
    """Only fiches of the contrat's territoire: its readers may not read the others."""

    model = FicheContrat
    form = LigneFicheForm
    autocomplete_fields = ["fiche"]

    def get_queryset(self, request):
        siennes = FicheAction.objects.for_user(request.user).order_by()
        return super().get_queryset(request).filter(fiche__in=siennes.values("pk"))


class Avenants(LignesTabulaires):
    """Signed on their own page, which keeps what they change; here their words are mended."""

    model = AvenantContrat
    fields = ["numero", "signe_le", "objet", "changements"]
    readonly_fields = ["numero"]

    def has_add_permission(self, request, obj=None):
        return False


class Documents(LignesDeFichiers):
    model = DocumentContrat
    fields = ["nature", "titre", "telecharger", "fichier"]

    def adresse(self, document):
        return reverse("document-contrat", args=[document.contrat.reference, document.pk])


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
    form = ContratForm
    resource_class = ContratResource
    resources_liees = (
        SuiteContratResource,
        SignataireContratResource,
        FicheContratResource,
        AvenantContratResource,
        ModificationAvenantContratResource,
    )
    list_display = ["reference", "territoire", "type", "etat", "signe_le"]
    list_filter = ["type", "etat", ParDeliberation, "liens__genre", ("territoire", ParTerritoire)]
    list_select_related = ["territoire"]
    search_fields = ["recherche", "territoire__recherche"]
    ordering = [F("signe_le").desc(nulls_first=True), "reference"]
    tri = "ceux qui restent à signer d’abord, puis les derniers signés"
    champs_cles = ("reference",)
    autocomplete_fields = ["territoire", "precedent", "liens"]
    fieldsets = [
        (None, {"fields": ["reference", "territoire", "type", "precedent", "etat"]}),
        (
            "Signature et période",
            {
                "description": "Signé, il se lit sur le site avec ses signataires, ses "
                "délibérations et les documents déposés au bas de cette page.",
                "fields": [("signe_le", "lieu"), ("debut", "fin")],
            },
        ),
        ("Contenu", {"fields": ["nombre_fiches_annonce", "liens", "source"]}),
    ]
    inlines = [Signataires, Fiches, Avenants, Documents]

    def get_urls(self):
        page = self.admin_site.admin_view(partial(signer_un_avenant, self))
        adresse = path("<int:pk>/avenant/", page, name="programme_contrat_avenant")
        return [adresse, *super().get_urls()]

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.est_du_public else None

    def suites(self, request, objet):
        """An avenant changes what is signed; a contrat follows a protocole."""
        if not (objet.est_du_public and self.has_change_permission(request, objet)):
            return super().suites(request, objet)
        avenant = reverse("admin:programme_contrat_avenant", args=[objet.pk])
        suites = [("Signer un avenant", avenant), *super().suites(request, objet)]
        if objet.type == Contrat.Type.PROTOCOLE:
            ajout = reverse("admin:programme_contrat_add")
            nouveau = f"{ajout}?territoire={objet.territoire_id}&precedent={objet.pk}"
            suites.append(("Écrire le contrat qui y fait suite", nouveau))
        return suites


def signer_un_avenant(modele_admin, request, pk):
    contrat = ouvrir_ligne(
        request,
        modele_admin.get_queryset(request),
        pk,
        "programme.change_contrat",
        "Les contrats sont tenus par les régions du territoire.",
    )
    if not contrat.est_du_public:
        texte = "Ce contrat n’est pas signé : corrigez-le ici, sans avenant."
        modele_admin.message_user(request, texte, messages.WARNING)
        return redirect("admin:programme_contrat_change", contrat.pk)
    return page_d_avenant(modele_admin, request, contrat, Saisie)
