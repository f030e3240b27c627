"""The mandats: a list of all, a form for one, and the page of a territoire with its handover."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from echanges.admin import EchangesAdmin
from territoires.administration import PerimetreAdmin
from territoires.editions.dates import jour_en_texte
from territoires.editions.filters import ParTerritoire
from territoires.editions.models import Territoire
from territoires.mandats import releve
from territoires.mandats.forms import MandatForm
from territoires.mandats.models import Mandat
from territoires.mandats.resources import MandatResource


class Cours(admin.SimpleListFilter):
    title = "cours du mandat"
    parameter_name = "cours"

    def lookups(self, request, model_admin):
        return [
            ("en_cours", "en cours"),
            ("a_pourvoir", "terminé, sans successeur"),
            ("termine", "terminé"),
            ("a_venir", "à venir"),
        ]

    def queryset(self, request, queryset):
        le = timezone.localdate()
        match self.value():
            case "en_cours":
                return queryset.du_jour(le)
            case "a_pourvoir":
                return queryset.a_pourvoir(le)
            case "termine":
                return queryset.finis(le)
            case "a_venir":
                return queryset.filter(debut__gt=le)
        return queryset


@admin.register(Mandat)
class MandatAdmin(EchangesAdmin, PerimetreAdmin):
    form = MandatForm
    resource_class = MandatResource
    list_display = ["nom", "role", "territoire", "debut", "fin"]
    list_filter = [Cours, "role", ("territoire", ParTerritoire)]
    list_select_related = ["territoire"]
    search_fields = ["recherche", "territoire__recherche"]
    ordering = [F("fin").desc(nulls_first=True), "territoire__recherche", "role", "pk"]
    tri = "ceux qui courent d’abord, puis les derniers terminés"
    champs_cles = ("territoire", "role")
    autocomplete_fields = ["territoire"]
    fieldsets = [
        (
            None,
            {
                "description": "Qui porte le territoire. Un nouveau mandat clôt celui qui courait, "
                "la veille de son début\u202f: rien ne s’efface.",
                "fields": ["territoire", "role", "nom", "fonction", ("debut", "constate"), "fin"],
            },
        ),
        (
            "Pour travailler ensemble",
            {
                "description": "Lu par ceux qui travaillent pour ce territoire, par personne "
                "d’autre.",
                "fields": [("courriel", "telephone"), "note"],
            },
        ),
    ]

    def get_urls(self):
        page = self.admin_site.admin_view(partial(page_du_territoire, self))
        nom = "territoires_mandat_territoire"
        return [path("territoire/<int:pk>/", page, name=nom), *super().get_urls()]

    def response_post_save_add(self, request, obj):
        return redirect(obj.page)

    def suites(self, request, objet):
        return [("Voir tous les mandats du territoire", objet.page)]

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        elif clos := obj.ouvrir():
            self.message_user(
                request,
                f"Le mandat de {clos.nom} est clos\u202f: il a couru jusqu’au "
                f"{jour_en_texte(clos.fin)}.",
                messages.SUCCESS,
            )


def page_du_territoire(modele_admin, request, pk):
    """Who carries it today, who did and who will, with the message of the handover."""
    territoire = Territoire.objects.select_related("perimetre_courant").filter(pk=pk).first()
    if territoire is None:
        raise Http404
    if not request.user.has_perm("territoires.view_mandat", territoire):
        raise PermissionDenied("Les mandats se lisent et s’écrivent pour ses propres territoires.")
    le = timezone.localdate()
    tous = Mandat.objects.filter(territoire=territoire)
    finis = list(tous.a_pourvoir(le))
    contexte = modele_admin.admin_site.each_context(request) | {
        "title": f"Qui porte {territoire.nom}",
        "opts": modele_admin.opts,
        "territoire": territoire,
        "roles": _par_role(tous, finis, le),
        "passes": tous.finis(le).order_by("-fin", "role", "pk"),
        "ajout": reverse("admin:territoires_mandat_add") + f"?territoire={territoire.pk}",
        **(_releve(territoire, finis, request) if finis else {}),
    }
    return TemplateResponse(request, "admin/territoires/mandat/territoire.html", contexte)


def _par_role(mandats, finis, le):
    """[(function, its mandats of today and to come, the one that ended without a successor)]"""
    vifs = list(mandats.exclude(fin__lt=le).order_by("debut", "recherche", "pk"))
    orphelins = {mandat.role: mandat for mandat in finis}
    return [
        (role, [m for m in vifs if m.role == role], orphelins.get(role)) for role in Mandat.Role
    ]


def _releve(territoire, finis, request):
    ici = request.build_absolute_uri(request.path)
    objet, texte = releve.message(territoire, finis, ici)
    adresses = releve.destinataires(territoire, request.user)
    return {
        "finis": finis,
        "objet": objet,
        "texte": texte,
        "adresses": adresses,
        "courrier": releve.lien_de_courriel(adresses, objet, texte),
    }
