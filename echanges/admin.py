"""Buttons « Exporter » and « Importer » for any ModelAdmin that has a resource."""

from functools import partial, wraps

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from echanges.exports import views as views_export
from echanges.exports.listes import FERMEE, AvecClasseur
from echanges.imports import views as views_import
from echanges.imports import views_annulation, views_colonnes, views_suivi
from echanges.lecture.tableau import TAILLE_MAXIMALE
from echanges.listes.liste import AvecListeLisible
from echanges.models import Import
from echanges.textes import en_cle

TROP_LOURD = (
    f"Ce fichier dépasse {TAILLE_MAXIMALE // 1_048_576} Mo : il n’a pas été lu. Partagez-le en "
    "plusieurs fichiers, ou enregistrez-le sans ses images ni ses feuilles inutiles."
)
SANS_TAILLE = (
    "La taille de cet envoi n’est pas annoncée : il n’a pas été lu. Envoyez le fichier depuis un "
    "navigateur, ou sans l’encodage « chunked »."
)


class EchangesAdmin(AvecClasseur):
    """Mixin of a ModelAdmin, before it in the bases.

    `resource_class` says which columns go in and out; `resources_liees` are the files of what
    hangs on the object (financing, steps…), offered on the same pages.
    """

    resource_class = None
    resources_liees = ()
    imports_en_fond = True  # not when what follows an import needs the request of who asked

    def resources(self):
        """{name: class} of the files offered here."""
        return {c._meta.nom: c for c in (self.resource_class, *self.resources_liees)}

    def resources_a_lire(self, request):
        """Who reads the list without its files takes away what it shows."""
        return self.resources().values() if self.peut(request, "exporter") else ()

    def page_des_fichiers(self, request):
        return "exporter" if self.peut(request, "exporter") else "changelist"

    def peut(self, request, verbe):
        droit = f"{self.opts.app_label}.{verbe}_{self.opts.model_name}"
        return self.has_view_permission(request) and request.user.has_perm(droit)

    def apres_import(self, request, resource, pks):
        """What follows once the rows of these keys are written for good."""

    def get_urls(self):
        nom = f"{self.opts.app_label}_{self.opts.model_name}"
        pages = [
            ("exporter/", views_export.choisir_export, "exporter", "exporter"),
            ("exporter/<str:nom>/<str:dialecte>/", views_export.exporter, "fichier", "exporter"),
            ("modele/<str:nom>/<str:dialecte>/", views_export.modele, "modele", "exporter"),
            ("colonnes/<str:nom>/", views_export.colonnes, "colonnes", "exporter"),
            ("importer/", views_import.deposer, "importer", "importer"),
            ("importer/<int:pk>/", views_import.apercu, "apercu", "importer"),
            (
                "importer/<int:pk>/colonnes/",
                views_colonnes.choisir,
                "correspondances",
                "importer",
            ),
            ("importer/<int:pk>/refusees/", views_import.refusees, "refusees", "importer"),
            ("importer/<int:pk>/suivi/", views_suivi.suivre, "import_suivi", "importer"),
        ]
        return [
            path(chemin, self._vue(vue, verbe), name=f"{nom}_{page}")
            for chemin, vue, page, verbe in pages
        ] + super().get_urls()

    def _vue(self, vue, verbe):
        @wraps(vue)
        def gardee(request, **kwargs):
            if not self.peut(request, verbe):
                raise PermissionDenied(FERMEE)
            if reponse := self.avant(request, verbe):
                return reponse
            try:
                return vue(self, request, **kwargs)
            except IncorrectLookupParameters:
                return redirect(self.adresse("changelist"))

        return self._taille_d_abord(self.admin_site.admin_view(gardee))

    def _taille_d_abord(self, vue):
        """Refuse an oversized upload by its announced size, before a byte of it is read."""

        @csrf_exempt
        @wraps(vue)
        def mesuree(request, **kwargs):
            # Reading the CSRF token reads the whole body: it is checked after the size.
            annonce = request.META.get("CONTENT_LENGTH") or "0"
            if "HTTP_TRANSFER_ENCODING" in request.META:
                return self._refuser(request, SANS_TAILLE, 411)
            if en_cle(annonce) is None or int(annonce) > TAILLE_MAXIMALE + 100_000:
                return self._refuser(request, TROP_LOURD, 413)
            return partial(csrf_protect(vue), request)(**kwargs)

        return mesuree

    def _refuser(self, request, raison, statut):
        contexte = self.admin_site.each_context(request) | {
            "title": "Envoi refusé",
            "opts": self.opts,
            "adresse_liste": self.adresse("changelist"),
            "adresse_importer": self.adresse("importer"),
            "raison": raison,
        }
        return TemplateResponse(
            request, "admin/echanges/imports/refus.html", contexte, status=statut
        )

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.peut(request, "exporter"):
            action = views_export.exporter_selection
            actions[action.__name__] = (action, action.__name__, action.short_description)
        return actions

    def changelist_view(self, request, extra_context=None):
        echanges = {
            "adresse_exporter": self.adresse("exporter") if self.peut(request, "exporter") else "",
            "adresse_importer": self.adresse("importer") if self.peut(request, "importer") else "",
        }
        return super().changelist_view(request, echanges | (extra_context or {}))


@admin.register(Import)
class ImportAdmin(AvecClasseur, AvecListeLisible, admin.ModelAdmin):
    """The record of imports: read, never written."""

    list_display = ["nom_du_fichier", "resource", "auteur", "cree_le", "etat"]
    list_display += ["creees", "modifiees", "inchangees", "refusees"]
    list_filter = ["etat", "resource"]
    tri = "les derniers d’abord"
    list_select_related = ["auteur"]
    search_fields = ["nom_du_fichier", "empreinte"]
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).for_user(request.user).defer("contenu")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Journal des imports"})

    def get_urls(self):
        page = self.admin_site.admin_view(partial(views_annulation.annuler, self))
        miens = self.admin_site.admin_view(partial(views_suivi.miens, self))
        return [
            path("miens/", miens, name="echanges_import_miens"),
            path("<int:pk>/annuler/", page, name="echanges_import_annuler"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What this import did, object by object, and how to take it back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        depot = self.get_object(request, object_id)
        if depot is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return views_annulation.montrer(self, request, depot)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
