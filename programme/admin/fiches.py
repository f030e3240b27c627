"""The fiche action in the admin: written by the territoire, followed by everyone concerned."""

from django.contrib import admin
from django.db.models import Q
from django.urls import path, reverse

from echanges.admin import EchangesAdmin
from programme import models, parcours
from programme.admin import etapes
from programme.admin.filtres import FILTRES
from programme.admin.formulaire import FicheForm
from programme.resources import fiches as resources
from territoires.administration import LignesDeFichiers, LignesTabulaires, PerimetreAdmin
from territoires.historique import HistoriqueLisible
from territoires.models import Territoire


class Financements(LignesTabulaires):
    model = models.Financement
    autocomplete_fields = ["partenaire"]


class Etapes(LignesTabulaires):
    model = models.Etape


class Indicateurs(LignesTabulaires):
    """Measures are entered after the decision; what is measured stays as it was decided."""

    model = models.Indicateur

    def has_change_permission(self, request, obj=None):
        suit = obj is not None and request.user.has_perm("programme.suivre_ficheaction", obj)
        return suit or super().has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        if obj and not request.user.has_perm("programme.change_ficheaction", obj):
            return ["libelle", "unite", "cible"]
        return []


class Pieces(LignesDeFichiers):
    model = models.PieceJointe
    fields = ["titre", "telecharger", "fichier"]

    def adresse(self, piece):
        return reverse("piece-jointe", args=[piece.fiche.reference, piece.pk])


@admin.register(models.FicheAction)
class FicheAdmin(HistoriqueLisible, EchangesAdmin, PerimetreAdmin):
    form = FicheForm
    resource_class = resources.FicheResource
    ressources_liees = (
        resources.FinancementResource,
        resources.EtapeResource,
        resources.IndicateurResource,
    )
    change_form_template = "admin/programme/ficheaction/change_form.html"
    list_display = ["titre", "territoire", "axe", "etat", "cout_total", "updated_at", "reference"]
    list_filter = FILTRES
    list_select_related = ["territoire", "axe__phase"]
    search_fields = ["recherche", "territoire__recherche"]
    autocomplete_fields = ["intercommunalites", "partenaires"]
    actions = ["transmettre"]
    inlines = [Financements, Etapes, Indicateurs, Pieces]
    fieldsets = [
        ("L’action", {"fields": ["version_lue", "titre", "territoire", "axe", "maitre_ouvrage"]}),
        (
            "Le projet",
            {
                "description": "Un brouillon s’enregistre même incomplet.",
                "fields": ["contexte", "objectifs", "description", "resultats_attendus"],
            },
        ),
        ("Avec qui", {"fields": ["intercommunalites", "partenaires"]}),
        ("Calendrier et coût", {"fields": [("date_debut", "date_fin"), "cout_total"]}),
        ("Simplifier", {"fields": ["obstacle", "simplification", "reponse"]}),
        ("Suivi", {"fields": ["avancement"]}),
        (
            "Contact",
            {
                "description": "Jamais publié : lu par le territoire, sa région et la délégation.",
                "fields": ["contact_nom", "contact_courriel", "contact_telephone"],
            },
        ),
    ]

    def get_object(self, request, object_id, from_field=None):
        """While a form is saved its row is held: two people save one after the other."""
        fiche = super().get_object(request, object_id, from_field)
        if fiche is None or request.method != "POST":
            return fiche
        list(self.model._default_manager.select_for_update().filter(pk=fiche.pk).order_by())
        return super().get_object(request, object_id, from_field)

    def has_change_permission(self, request, obj=None):
        droits = ("suivre_ficheaction", "repondre_ficheaction")
        return super().has_change_permission(request, obj) or (
            obj is not None and any(request.user.has_perm(f"programme.{d}", obj) for d in droits)
        )

    def get_fieldsets(self, request, obj=None):
        blocs = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            sans = {"version_lue"} | (set() if obj else {"reponse", "avancement"})
            blocs = [
                (titre, bloc | {"fields": [c for c in bloc["fields"] if c not in sans]})
                for titre, bloc in blocs
            ]
        return [bloc for bloc in blocs if bloc[1]["fields"]]

    def get_readonly_fields(self, request, obj=None):
        champs = [c for c in admin.utils.flatten_fieldsets(self.fieldsets) if c != "version_lue"]
        if obj is None:
            return []
        ouverts = set()
        if request.user.has_perm("programme.change_ficheaction", obj):
            ouverts |= set(champs) - {"reponse", "avancement"}
        if request.user.has_perm("programme.suivre_ficheaction", obj):
            ouverts.add("avancement")
        if request.user.has_perm("programme.repondre_ficheaction", obj):
            ouverts.add("reponse")
        return [champ for champ in champs if champ not in ouverts]

    def get_changeform_initial_data(self, request):
        """The territoire is known when the agent works for one only."""
        initial = super().get_changeform_initial_data(request)
        siens = list(Territoire.objects.en_vigueur().du_perimetre(request.user)[:2])
        if len(siens) == 1:
            initial.setdefault("territoire", siens[0].pk)
        return initial

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Each remark of the comité stands under the field it is about."""
        aides = etapes.remarques_par_champ(obj) if obj else {}
        formulaire = super().get_form(request, obj, change=change, **kwargs)
        for nom, remarques in aides.items():
            if champ := formulaire.base_fields.get(nom):
                champ.help_text = " ".join(filter(None, [str(champ.help_text), *remarques]))
        if champ := formulaire.base_fields.get("territoire"):
            # No new action for a territoire that has left the map; an old fiche keeps its own.
            gardes = Q(pk__in=Territoire.objects.en_vigueur()) | Q(pk=obj and obj.territoire_id)
            champ.queryset = champ.queryset.filter(gardes)
        return formulaire

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context |= etapes.contexte(request, obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def get_urls(self):
        vue = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/parcours/<slug:action>/",
                vue(lambda request, pk, action: etapes.franchir(self, request, pk, action)),
                name="programme_ficheaction_parcours",
            ),
            path(
                "<int:pk>/remarques/",
                vue(lambda request, pk: etapes.repondre(self, request, pk)),
                name="programme_ficheaction_remarques",
            ),
            *super().get_urls(),
        ]

    @admin.action(description="Transmettre les fiches choisies", permissions=["view"])
    def transmettre(self, request, queryset):
        return etapes.transmettre_plusieurs(self, request, queryset, parcours.transmettre)
