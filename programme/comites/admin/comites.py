"""Comités, their séances with the screen of the avis, and requests to adapt a périmètre."""

from functools import partial

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.urls import path, reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from echanges.admin import EchangesAdmin
from echanges.listes.liste import d_abord
from programme.comites import conduite
from programme.comites.admin import (
    avis,
    demandes,
    historique,
    imprimes,
    rectifications,
    seances,
)
from programme.comites.instruction import avis_presents, par_region
from programme.comites.models import (
    ComiteDePilotage,
    DemandePerimetre,
    MembreComite,
    MouvementDemande,
    Seance,
)
from programme.comites.nouvelles import dire_le_depot
from programme.comites.resources.comites import (
    AvisResource,
    ComiteResource,
    MembreComiteResource,
    PointOrdreDuJourResource,
    PresenceResource,
    ReleveResource,
    SeanceResource,
)
from programme.comites.resources.demandes import DemandeResource
from programme.fiches.models import ALPHABET
from territoires.administration import LignesTabulaires, PerimetreAdmin, choix, seul_choix
from territoires.editions.models import Perimetre, Territoire
from territoires.listes.filters import FiltreAnnee, FiltreDuPerimetre


class Membres(LignesTabulaires):
    model = MembreComite


@admin.register(ComiteDePilotage)
class ComiteAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = ComiteResource
    resources_liees = (MembreComiteResource,)
    list_display = ["region", "prochaine_seance"]
    tri = "par région"
    list_select_related = ["region"]
    search_fields = ["region__recherche"]
    champs_cles = ("region",)
    inlines = [Membres]

    def get_queryset(self, request):
        a_venir = Seance.objects.filter(
            comite=OuterRef("pk"), close_le=None, date__gte=timezone.localdate()
        )
        prochaine = Subquery(a_venir.order_by("date").values("date")[:1])
        return super().get_queryset(request).annotate(prochaine=prochaine)

    @admin.display(description="prochaine séance", ordering="prochaine")
    def prochaine_seance(self, comite):
        return comite.prochaine


@admin.register(Seance)
class SeanceAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = SeanceResource
    resources_liees = (
        PointOrdreDuJourResource,
        PresenceResource,
        AvisResource,
        ReleveResource,
    )
    change_form_template = "admin/programme/seance/change_form.html"
    list_display = ["date", "comite", "genre", "lieu", "close_le"]
    list_filter = [("comite__region", FiltreDuPerimetre), ("date", FiltreAnnee)]
    ordering = [d_abord(close_le=None), "-date"]
    tri = "celles qui restent à tenir ou à clore d’abord, puis les plus récentes"
    list_select_related = ["comite__region"]
    search_fields = ["comite__region__recherche"]
    champs_cles = ("comite",)
    fieldsets = [
        (None, {"fields": ["comite", "genre", ("date", "lieu"), "commune_avec", "ordre_du_jour"]}),
        ("Après la séance", {"fields": ["compte_rendu"]}),
    ]
    # The pages of one séance: (address, view, name). Each asks for its own right.
    pages = [
        ("ordre-du-jour/", seances.ordre_du_jour, "ordre_du_jour"),
        ("dossier/", imprimes.dossier_page, "dossier"),
        ("dossier.pdf", imprimes.dossier_pdf, "dossier_pdf"),
        ("presences/", seances.presences, "presences"),
        ("avis/", avis.sommaire, "avis"),
        ("avis/<int:point>/", avis.rendre, "avis_point"),
        ("avis/<int:avis>/rectifier/", rectifications.rectifier, "rectifier_avis"),
        ("clore/", seances.clore, "clore"),
        ("releve/", imprimes.releve_page, "releve"),
        ("releve.pdf", imprimes.releve_pdf, "releve_pdf"),
    ]

    def get_urls(self):
        return [
            path(
                f"<int:pk>/{adresse}",
                self.admin_site.admin_view(partial(vue, self)),
                name=f"programme_seance_{nom}",
            )
            for adresse, vue, nom in self.pages
        ] + super().get_urls()

    def etapes_liees(self, objet, lisible):
        return historique.etapes(objet)

    def get_changeform_initial_data(self, request):
        """The comité is known when the agent works for one only."""
        seul = seul_choix(choix(ComiteDePilotage, request.user))
        return {"comite": seul} | super().get_changeform_initial_data(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "commune_avec":  # of another comité: its agents agree beforehand
            kwargs["queryset"] = seances.ouvertes()
            kwargs["label"] = "Tenue avec le comité de…"
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        formulaire = super().get_form(request, obj, change=change, **kwargs)
        if champ := formulaire.base_fields.get("commune_avec"):
            champ.queryset = seances.a_tenir_avec(request, obj)
        return formulaire

    def get_readonly_fields(self, request, obj=None):
        """What the relevé says changes by a rectification only."""
        figes = (
            ["genre", "date", "lieu", "commune_avec", "ordre_du_jour"]
            if obj and obj.est_close
            else []
        )
        return [*super().get_readonly_fields(request, obj), *figes]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "date" in form.changed_data:
            seances.prevenir_si_trop_ancienne(request, obj)
        if "commune_avec" in form.changed_data:
            conduite.reunir(Seance.objects.get(pk=obj.pk))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.est_close)

    def suites(self, request, objet):
        """Its pages; the déroulé says in its sentences which are next."""
        if not request.user.has_perm("programme.change_seance", objet):
            return []
        noms = ("ordre_du_jour", "dossier", "presences", "avis", "clore", "releve")
        return [(nom, reverse(f"admin:programme_seance_{nom}", args=[objet.pk])) for nom in noms]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and request.user.has_perm("programme.change_seance", obj):
            context["deroule"] = seances.deroule(obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)


class Mouvements(LignesTabulaires):
    model = MouvementDemande
    autocomplete_fields = ["intercommunalite", "commune"]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1


@admin.register(DemandePerimetre)
class DemandeAdmin(PerimetreAdmin):
    form = demandes.DemandeForm
    change_form_template = "admin/programme/demandeperimetre/change_form.html"
    classeur_de = (DemandeResource,)
    list_display = ["reference", "perimetre", "etat", "deposee_le"]
    ordering = [d_abord(etat=DemandePerimetre.Etat.DEPOSEE), "-deposee_le"]
    tri = "celles qui attendent un avis d’abord, puis les dernières déposées"
    list_filter = ["etat"]
    list_select_related = ["perimetre__edition"]
    search_fields = ["perimetre__recherche"]
    readonly_fields = ["reference", "etat", "deposee_le", "deposee_par"]
    appliquee = ["appliquee_a", "appliquee_le", "appliquee_par", "application"]
    inlines = [Mouvements]

    def get_urls(self):
        vue = self.admin_site.admin_view(partial(demandes.appliquer, self))
        route = path("<int:pk>/appliquer/", vue, name="programme_demandeperimetre_appliquer")
        return [route, *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        """A new one has nothing to show yet; what was applied is shown once it is."""
        if obj is None:
            return []
        suite = self.appliquee if obj and obj.appliquee_le else []
        return [*super().get_readonly_fields(request, obj), *suite]

    def get_changeform_initial_data(self, request):
        siens = Territoire.objects.en_vigueur().du_perimetre(request.user)
        seul = seul_choix(Perimetre.objects.filter(pk__in=siens.values("perimetre_courant")))
        return ({"perimetre": seul} if seul else {}) | super().get_changeform_initial_data(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        formulaire = super().get_form(request, obj, change=change, **kwargs)
        formulaire.simulee = "_simuler" in request.POST
        return formulaire

    def render_change_form(self, request, context, obj=None, **kwargs):
        context["simulation"] = demandes.simulation(request, context, obj)
        context["simulee"] = "_simuler" in request.POST
        context["regions"] = par_region(obj, avis_presents(obj)) if obj else []
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def suites(self, request, objet):
        if not demandes.peut_appliquer(objet, request.user):
            return []
        appliquer = reverse("admin:programme_demandeperimetre_appliquer", args=[objet.pk])
        return [("Appliquer à une édition en préparation", appliquer)]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "perimetre":
            territoires = Territoire.objects.du_perimetre(request.user)
            kwargs["queryset"] = Perimetre.objects.filter(
                pk__in=territoires.order_by().values("perimetre_courant")
            ).select_related("edition")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.reference = f"DP-{get_random_string(8, ALPHABET)}"
            obj.deposee_par = request.user
        super().save_model(request, obj, form, change)
        if not change:
            dire_le_depot(obj)
