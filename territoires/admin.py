"""The reference data: geography, map, agents. The délégation writes, the others read."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from echanges.admin import EchangesAdmin
from territoires import models, resources
from territoires.administration import FiltreDuPerimetre, LignesTabulaires, PerimetreAdmin
from territoires.composition import calculer
from territoires.historique import HistoriqueLisible

admin.site.unregister(Group)  # rights come from the perimeter, never from a group


@admin.register(models.Region)
class RegionAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = resources.RegionResource
    list_display = ["nom", "code"]
    search_fields = ["recherche"]
    champs_codes = champs_cles = ("code",)


@admin.register(models.Departement)
class DepartementAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = resources.DepartementResource
    list_display = ["nom", "code", "region"]
    list_filter = [("region", FiltreDuPerimetre)]
    list_select_related = ["region"]
    search_fields = ["recherche"]
    champs_codes = champs_cles = ("code",)


@admin.register(models.Intercommunalite)
class IntercommunaliteAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = resources.IntercommunaliteResource
    list_display = ["nom", "siren", "nature", "departement", "population", "dissoute_le"]
    list_filter = ["nature", ("departement__region", FiltreDuPerimetre)]
    list_select_related = ["departement"]
    search_fields = ["recherche"]
    champs_codes = champs_cles = ("siren",)
    autocomplete_fields = ["departement", "successeurs"]
    fieldsets = [
        (None, {"fields": ["siren", "nom", "nature", "departement", "population"]}),
        ("Fin de vie", {"fields": ["dissoute_le", "successeurs"]}),
    ]


class CodesPostaux(LignesTabulaires):
    model = models.CodePostal


@admin.register(models.Commune)
class CommuneAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = resources.CommuneResource
    list_display = ["nom", "code", "departement", "intercommunalite", "population"]
    list_filter = [("departement__region", FiltreDuPerimetre)]
    list_select_related = ["departement", "intercommunalite"]
    search_fields = ["recherche"]
    champs_codes = champs_cles = ("code",)
    autocomplete_fields = ["departement", "intercommunalite", "ept"]
    inlines = [CodesPostaux]


class Perimetres(LignesTabulaires):
    model = models.Perimetre
    fields = ["edition", "code", "nom", "population"]
    readonly_fields = fields
    can_delete = False
    show_change_link = True
    verbose_name_plural = "périmètres d’une édition à l’autre"

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("edition")


@admin.register(models.Territoire)
class TerritoireAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = resources.TerritoireResource
    list_display = ["nom", "region_pilote", "pilote", "elu_nom", "industriel_nom"]
    list_filter = [
        ("region_pilote", FiltreDuPerimetre),
        "pilote",
        ("elu_nom", admin.EmptyFieldListFilter),
        ("industriel_nom", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["region_pilote"]
    search_fields = ["recherche"]
    champs_cles = ("identifiant",)
    fieldsets = [
        (None, {"fields": ["identifiant", "nom", "region_pilote", "pilote", "presentation"]}),
        (
            "Binôme",
            {
                "description": "L’élu et l’industriel qui portent le territoire.",
                "fields": [
                    ("elu_nom", "elu_fonction"),
                    ("industriel_nom", "industriel_fonction"),
                ],
            },
        ),
    ]
    inlines = [Perimetres]


@admin.register(models.EditionCarte)
class EditionAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = resources.EditionResource
    list_display = ["code", "date", "nombre_annonce", "composition_connue", "publiee_le"]
    list_filter = ["composition_connue", ("publiee_le", admin.EmptyFieldListFilter)]
    search_fields = ["code", "occasion"]
    champs_cles = ("code",)
    readonly_fields = ["publiee_le", "publiee_par"]
    change_form_template = "admin/publier_lien.html"

    def get_urls(self):
        vue = self.admin_site.admin_view(self.publier)
        return [
            path("<path:pk>/publier/", vue, name="territoires_editioncarte_publier"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and not obj.publiee_le and self.has_change_permission(request, obj):
            context["adresse_publier"] = reverse(
                "admin:territoires_editioncarte_publier", args=[obj.pk]
            )
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def publier(self, request, pk):
        """A page that says what will happen, then the publication, once and for all."""
        edition = self.get_object(request, pk)
        if edition is None or not self.has_change_permission(request, edition):
            raise PermissionDenied
        retour = redirect("admin:territoires_editioncarte_change", edition.pk)
        if request.method == "POST":
            try:
                edition.publier(request.user)
            except ValidationError as erreur:
                for message in erreur.messages:
                    self.message_user(request, message, messages.ERROR)
                return retour
            self.log_change(request, edition, "Publiée.")
            self.message_user(request, "L’édition est publiée.", messages.SUCCESS)
            return retour
        contexte = self.admin_site.each_context(request) | {
            "title": f"Publier l’{edition}",
            "opts": self.opts,
            "original": edition,
            "consequence": "Une édition publiée ne change plus : ni ses territoires, ni leurs "
            "membres. Les territoires prendront aussitôt leur nouveau périmètre.",
            "bouton": "Publier définitivement",
        }
        return TemplateResponse(request, "admin/confirmation.html", contexte)


class Membres(LignesTabulaires):
    model = models.MembrePerimetre
    autocomplete_fields = ["intercommunalite", "commune"]


@admin.register(models.Perimetre)
class PerimetreTerritoireAdmin(HistoriqueLisible, EchangesAdmin, PerimetreAdmin):
    resource_class = resources.PerimetreResource
    list_display = ["nom", "code", "edition", "territoire", "population"]
    list_filter = [("edition", FiltreDuPerimetre), ("regions", FiltreDuPerimetre)]
    list_select_related = ["edition", "territoire"]
    search_fields = ["recherche"]
    champs_cles = ("edition",)
    readonly_fields = ["regions_touchees", "population"]
    autocomplete_fields = ["territoire"]
    inlines = [Membres]

    @admin.display(description="régions touchées")
    def regions_touchees(self, perimetre):
        return ", ".join(region.nom for region in perimetre.regions.all()) if perimetre.pk else ""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "edition":
            kwargs["queryset"] = models.EditionCarte.objects.filter(publiee_le=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        calculer([form.instance])


@admin.register(models.Filiation)
class FiliationAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = resources.FiliationResource
    list_display = ["ancien", "nouveau", "nature", "confirmee_le"]
    list_filter = ["nature"]
    list_select_related = ["ancien__edition", "nouveau__edition"]
    search_fields = ["ancien__recherche", "nouveau__recherche"]
    autocomplete_fields = ["ancien", "nouveau"]
    readonly_fields = ["confirmee_par", "confirmee_le"]

    def save_model(self, request, obj, form, change):
        """Whoever saves it vouches for it."""
        obj.confirmee_par, obj.confirmee_le = request.user, timezone.now()
        super().save_model(request, obj, form, change)


class PerimetreCoherent:
    """The level of an agent and its perimeter say the same thing."""

    def clean(self):
        donnees = super().clean() or self.cleaned_data
        niveau = donnees.get("niveau")
        attendus = {"region": "regions", "intercommunalite": "intercommunalites"}
        for valeur, champ in attendus.items():
            remplis = donnees.get(champ)
            if niveau == valeur and not remplis:
                self.add_error(champ, "Choisissez-en au moins une pour ce niveau.")
            elif niveau != valeur and remplis:
                self.add_error(champ, "Ne va pas avec ce niveau : videz ce champ.")
        return donnees


class AgentForm(PerimetreCoherent, UserAdmin.form):
    pass


class NouvelAgentForm(PerimetreCoherent, UserAdmin.add_form):
    class Meta(UserAdmin.add_form.Meta):
        model = models.Agent
        field_classes = {"username": forms.CharField}


IDENTITE = ["username", "last_name", "first_name", "email"]
TERRAIN = ["niveau", "regions", "intercommunalites"]


@admin.register(models.Agent)
class AgentAdmin(PerimetreAdmin, UserAdmin):
    form = AgentForm
    add_form = NouvelAgentForm
    list_display = ["nom_complet", "username", "email", "niveau", "is_active"]
    list_display_links = list_display[:1]
    list_filter = ["niveau", "is_active"]
    search_fields = ["last_name", "first_name", "username", "email"]
    ordering = ["last_name", "first_name", "username"]
    filter_horizontal = []
    autocomplete_fields = ["regions", "intercommunalites"]
    fieldsets = [
        (None, {"fields": [*IDENTITE, "password", "is_active"]}),
        ("Périmètre", {"fields": TERRAIN}),
    ]
    add_fieldsets = [
        (None, {"fields": [*IDENTITE, "usable_password", "password1", "password2"]}),
        ("Périmètre", {"fields": TERRAIN}),
    ]

    @admin.display(description="nom", ordering="last_name")
    def nom_complet(self, agent):
        return str(agent)

    def get_fieldsets(self, request, obj=None):
        if obj and not self.has_change_permission(request, obj):
            return [(None, {"fields": ["last_name", "first_name", "email", *TERRAIN]})]
        blocs = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            blocs = [*blocs, ("Administration du serveur", {"fields": ["is_superuser"]})]
        return blocs

    def get_list_display(self, request):
        if self.has_change_permission(request):
            return self.list_display
        return ["nom_complet", "email", "niveau"]

    def get_list_filter(self, request):
        return self.list_filter if self.has_change_permission(request) else ["niveau"]

    def get_search_results(self, request, queryset, search_term):
        return admin.ModelAdmin.get_search_results(self, request, queryset, search_term)

    def save_model(self, request, obj, form, change):
        # The admin is where agents work: whoever has a level may enter it.
        obj.is_staff = bool(obj.niveau) or obj.is_superuser
        super().save_model(request, obj, form, change)
