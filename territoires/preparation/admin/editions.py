"""The map: territoires, editions, périmètres and what became of them."""

from functools import partial

from django import forms
from django.contrib import admin
from django.db.models import F
from django.urls import path, reverse

from echanges.admin import EchangesAdmin
from echanges.listes.liste import d_abord
from echanges.textes import cle_de_recherche
from territoires.administration import LignesTabulaires, PerimetreAdmin
from territoires.editions.composition import calculer
from territoires.editions.dates import date_en_texte
from territoires.editions.models import (
    APRES,
    EditionCarte,
    Filiation,
    MembrePerimetre,
    Perimetre,
    Territoire,
)
from territoires.editions.resources import (
    EditionResource,
    FiliationResource,
    PerimetreResource,
    TerritoireResource,
)
from territoires.listes.filters import FiltreDuPerimetre, FiltreFait
from territoires.mandats.models import Mandat
from territoires.mandats.portage import avec_binome, sans_porteur
from territoires.preparation.admin import filiations
from territoires.preparation.admin import pages as preparation
from territoires.preparation.brouillons import copier


class Perimetres(LignesTabulaires):
    model = Perimetre
    fields = ["edition", "code", "nom", "population"]
    readonly_fields = fields
    can_delete = False
    show_change_link = True
    verbose_name_plural = "périmètres d’une édition à l’autre"

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("edition")


class SurLaCarte(admin.SimpleListFilter):
    title = "carte"
    parameter_name = "carte"

    def lookups(self, request, model_admin):
        return [
            ("vigueur", "dans l’édition en vigueur"),
            ("avant", "dans une édition antérieure seulement"),
            ("jamais", "dans aucune édition publiée"),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "vigueur":
                return queryset.en_vigueur()
            case "avant":
                return queryset.du_public().exclude(pk__in=queryset.en_vigueur().values("pk"))
            case "jamais":
                return queryset.filter(perimetre_courant=None)
        return queryset


class Binome(admin.SimpleListFilter):
    title = "binôme"
    parameter_name = "binome"

    def lookups(self, request, model_admin):
        return [
            ("incomplet", "incomplet"),
            ("elu", "sans élu"),
            ("industriel", "sans industriel"),
            ("chef_de_projet", "sans chef de projet"),
        ]

    def queryset(self, request, queryset):
        if self.value() == "incomplet":
            return sans_porteur(queryset, *Mandat.BINOME)
        return sans_porteur(queryset, self.value()) if self.value() in Mandat.Role else queryset


@admin.register(Territoire)
class TerritoireAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = TerritoireResource
    list_display = ["nom", "derniere_edition", "region_pilote", "elu", "industriel"]
    tri = "ceux de la dernière édition d’abord, par nom"
    ordering = [F("perimetre_courant__edition__date").desc(nulls_last=True), "recherche"]
    list_filter = [SurLaCarte, ("region_pilote", FiltreDuPerimetre), "pilote", Binome]
    list_select_related = ["region_pilote", "perimetre_courant__edition"]
    search_fields = ["recherche"]
    champs_cles = ("identifiant",)
    fieldsets = [
        (None, {"fields": ["identifiant", "nom", "region_pilote", "pilote", "presentation"]}),
    ]
    inlines = [Perimetres]

    def get_ordering(self, request):
        """Those for which one works, or that one follows, come first."""
        if request.user.est_delegation:
            return self.ordering
        siens = Territoire.objects.suivis_par(request.user).order_by()
        return [d_abord(pk__in=siens.values("pk")), *self.ordering]

    def get_tri(self, request):
        return self.tri if request.user.est_delegation else f"les vôtres, puis {self.tri}"

    def get_queryset(self, request):
        return avec_binome(super().get_queryset(request))

    def suites(self, request, objet):
        """Its mandats have a page of their own, for who works for it."""
        if not request.user.has_perm("territoires.view_mandat", objet):
            return super().suites(request, objet)
        page = reverse("admin:territoires_mandat_territoire", args=[objet.pk])
        liens = reverse("admin:territoires_lienprogramme_changelist")
        autres = ("Ses autres programmes", f"{liens}?territoire__id__exact={objet.pk}")
        return [("Qui le porte", page), autres, *super().suites(request, objet)]

    @admin.display(description="élu du binôme", ordering="elu")
    def elu(self, territoire):
        return territoire.elu

    @admin.display(description="industriel du binôme", ordering="industriel")
    def industriel(self, territoire):
        return territoire.industriel

    @admin.display(description="dernière édition", ordering="perimetre_courant__edition__date")
    def derniere_edition(self, territoire):
        perimetre = territoire.perimetre_courant
        return perimetre and date_en_texte(perimetre.edition)


class NouvelleEditionForm(forms.ModelForm):
    suit = forms.ModelChoiceField(
        EditionCarte.objects.composees(),
        label="Reprendre la composition de",
        required=False,
        empty_label="aucune édition",
        help_text="Ses territoires, avec leurs codes, leurs noms et leurs membres, sont copiés : "
        "ils sont le point de départ. Rien n’est copié quand seul le nombre est connu.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["suit"].initial = EditionCarte.objects.composees().first()

    def clean(self):
        donnees = super().clean() or self.cleaned_data
        if not donnees.get("composition_connue"):
            donnees["suit"] = None
        suit, date = donnees.get("suit"), donnees.get("date")
        if suit and date and date <= suit.date:
            self.add_error("date", APRES.format(suit, suit.date))
        return donnees


def _commence(edition, mots):
    """Each of these begins a word of its name: « nov 2023 »."""
    lus = cle_de_recherche(str(edition)).split()
    return all(any(lu.startswith(mot) for lu in lus) for mot in mots)


@admin.register(EditionCarte)
class EditionAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = EditionResource
    list_display = ["code", "date", "nombre_annonce", "composition_connue", "publiee_le"]
    tri = "la dernière d’abord"
    list_filter = ["composition_connue", ("publiee_le", FiltreFait)]
    search_fields = ["code", "occasion"]
    champs_cles = ("code",)
    readonly_fields = ["publiee_le", "publiee_par"]
    change_form_template = "admin/territoires/editioncarte/change_form.html"
    fieldsets = [
        (None, {"fields": ["code", "date", "precision", "occasion", "source"]}),
        ("Composition", {"fields": ["nombre_annonce", "composition_connue"]}),
        ("Publication", {"fields": readonly_fields}),
    ]

    def get_search_results(self, request, queryset, search_term):
        """By its code and its occasion, and by its day as it is written on pages."""
        lignes, doubles = super().get_search_results(request, queryset, search_term)
        mots = cle_de_recherche(search_term).split()
        dites = [edition.pk for edition in queryset if mots and _commence(edition, mots)]
        return (queryset.filter(pk__in=dites) if dites else lignes), doubles

    def get_fieldsets(self, request, obj=None):
        if obj:
            return self.fieldsets
        composition = ["nombre_annonce", "composition_connue", "suit"]
        return [self.fieldsets[0], ("Composition", {"fields": composition})]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = NouvelleEditionForm
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if suit := form.cleaned_data.get("suit"):
            copier(suit, obj)

    def get_readonly_fields(self, request, obj=None):
        """What was announced stays; a composition still unknown becomes known by publishing it."""
        dits = ["date", "precision", "nombre_annonce", "composition_connue"]
        figes = dits if obj and obj.est_du_public else []
        return [*super().get_readonly_fields(request, obj), *figes]

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.est_du_public)

    def get_urls(self):
        pages = [
            ("copier", preparation.copier),
            ("deplacer", preparation.deplacer),
            ("coller", preparation.coller),
            ("voir", preparation.voir),
            ("publier", preparation.publier),
            ("filiations", filiations.filiations),
        ]
        return [
            path(
                f"<int:pk>/{nom}/",
                self.admin_site.admin_view(partial(vue, self)),
                name=f"territoires_editioncarte_{nom}",
            )
            for nom, vue in pages
        ] + super().get_urls()

    def suites(self, request, objet):
        return preparation.pas(objet, request.user)

    def apres_retour(self, objet):
        calculer(objet.perimetres.all())

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context["preparation"] = self.has_change_permission(request, obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)


class Membres(LignesTabulaires):
    model = MembrePerimetre
    autocomplete_fields = ["intercommunalite", "commune"]


@admin.register(Perimetre)
class PerimetreTerritoireAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = PerimetreResource
    list_display = ["nom", "code", "edition", "territoire", "population"]
    tri = "ceux de la dernière édition d’abord, par nom"
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
            kwargs["queryset"] = EditionCarte.objects.en_preparation()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        champ = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "territoire":
            # A territoire that enters the map is made on the way.
            champ.widget.can_add_related = request.user.est_delegation
        return champ

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change or any(lignes.has_changed() for lignes in formsets):
            calculer([form.instance])

    def apres_retour(self, objet):
        calculer([objet])


@admin.register(Filiation)
class FiliationAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = FiliationResource
    list_display = ["ancien", "nouveau", "nature", "confirmee_le", "refusee_le"]
    tri = "celles qui restent à décider d’abord, puis par édition et par nom"
    ordering = [
        d_abord(confirmee_le=None, refusee_le=None),
        "-nouveau__edition__date",
        "nouveau__nom",
    ]
    list_filter = ["nature", ("confirmee_le", FiltreFait)]
    list_select_related = ["ancien__edition", "nouveau__edition"]
    search_fields = ["ancien__recherche", "nouveau__recherche"]
    autocomplete_fields = ["ancien", "nouveau"]
    readonly_fields = ["confirmee_par", "confirmee_le", "refusee_par", "refusee_le"]

    def save_model(self, request, obj, form, change):
        """Whoever writes it vouches for it, and so does who saves one still to be decided."""
        if not change or form.has_changed() or obj.decision is None:
            obj.decider(request.user, True)
            obj.save()
