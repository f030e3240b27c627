"""What every ModelAdmin of the site shares: the perimeter, the rights and the search.

A person sees the rows of `for_user`, acts by the named permissions of `permissions.py`, and
chooses related rows among those of `choix`: lists, forms, filters and autocompletes alike.
"""

from copy import copy
from pathlib import PurePath

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db.models import DecimalField, FileField, URLField
from django.forms import ClearableFileInput
from django.http import Http404
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.text import capfirst, slugify

from config.habillage.choix import ChoixCherchables, SaisieEnCours
from echanges.exports.listes import AvecClasseur
from echanges.listes.liste import AvecListeLisible
from territoires.champs import cle_de_recherche
from territoires.formulaires import FormulaireIntact, LignesEnsemble
from territoires.historique import HistoriqueLisible
from territoires.nombres import MontantEcrit
from territoires.permissions import choix
from territoires.saisie.a_deux import ADeux
from territoires.saisie.erreurs import erreurs_liees
from territoires.saisie.suppression import SuppressionDite


def nouveau(opts):
    """« Nouvelle fiche action », « Nouvel agent », « Nouveau contrat »."""
    nom = opts.verbose_name
    if getattr(opts.model, "feminin", False):
        return f"Nouvelle {nom}"
    return (
        f"Nouvel {nom}" if cle_de_recherche(nom).startswith(tuple("aeiouy")) else f"Nouveau {nom}"
    )


def seul_choix(lignes):
    """The primary key of the only one of these rows; None when there are several, or none."""
    cles = list(lignes.values_list("pk", flat=True)[:2])
    return cles[0] if len(cles) == 1 else None


def a_le_droit(request, verbe, opts, objet=None):
    return request.user.has_perm(f"{opts.app_label}.{get_permission_codename(verbe, opts)}", objet)


def ouvrir_ligne(request, lignes, pk, droit, refus=""):
    """The row of a page of its own: 404 for who may not know of it, 403 without this permission."""
    ligne = lignes.filter(pk=pk).first()
    if ligne is None:
        raise Http404
    if not request.user.has_perm(droit, ligne):
        raise PermissionDenied(refus)
    return ligne


def contexte_de_ligne(admin, request, ligne, titre, **autres):
    """What every page about one row shows around its own part."""
    return admin.admin_site.each_context(request) | {
        "title": f"{titre} : {ligne}",
        "opts": admin.opts,
        "original": ligne,
        **autres,
    }


class SurUneCopie:
    """Mixin of a ModelForm: validating what is typed leaves the row that the page tells of."""

    def __init__(self, *args, instance=None, **kwargs):
        super().__init__(*args, instance=copy(instance), **kwargs)


def sur_une_copie(formulaire):
    if issubclass(formulaire, SurUneCopie):
        return formulaire
    return type(formulaire.__name__, (SurUneCopie, formulaire), {})


FORMATS = {forms.DateField: "JJ/MM/AAAA", forms.TimeField: "HH:MM"}


def dire_le_format(champ):
    """Where no example shows how a date or an hour is written, the help says it."""
    format_attendu = FORMATS.get(type(champ))
    if format_attendu and not any(signe.isdigit() for signe in champ.help_text):
        champ.help_text = f"Format attendu\u202f: {format_attendu}. {champ.help_text}".strip()


class ChoixDuPerimetre(ChoixCherchables):
    """Form fields only accept related rows of the perimeter, also when posted by hand."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", choix(db_field.remote_field.model, request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", choix(db_field.remote_field.model, request.user))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        if isinstance(db_field, DecimalField) and DecimalField not in self.formfield_overrides:
            kwargs["form_class"] = MontantEcrit
        champ = super().formfield_for_dbfield(db_field, request, **kwargs)
        dire_le_format(champ)
        # Rows are made and changed on their own page: no small windows behind a field.
        if champ is not None:
            for bouton in ("can_add_related", "can_change_related", "can_delete_related"):
                setattr(champ.widget, bouton, False)
            champ.widget.can_view_related = False
        return champ


class SesPropres:
    """Only the agent's own rows are offered in some fields, the first of them in a new form."""

    def siens(self, user):
        """{field: the rows that this agent may put there}; nothing where it may put all."""
        return {}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        siens = self.siens(request.user)
        if db_field.name in siens:
            kwargs["queryset"] = siens[db_field.name]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        # Not as the field's own: a required list would lose its empty first choice.
        proposes = {nom: lignes.first() for nom, lignes in self.siens(request.user).items()}
        return proposes | super().get_changeform_initial_data(request)


class PerimetreAdmin(
    SaisieEnCours,
    ADeux,
    SuppressionDite,
    HistoriqueLisible,
    ChoixDuPerimetre,
    AvecClasseur,
    AvecListeLisible,
    admin.ModelAdmin,
):
    form = FormulaireIntact
    show_full_result_count = False
    list_per_page = 50
    # Fields that name the row in files and addresses: set once.
    champs_cles = ()
    nouveau = ""  # how one more is called, where the name of the model does not say it

    def _nouveau(self):
        return self.nouveau or nouveau(self.opts)

    def get_queryset(self, request):
        return super().get_queryset(request).for_user(request.user)

    def changelist_view(self, request, extra_context=None):
        titres = {"title": capfirst(self.opts.verbose_name_plural), "nouveau": self._nouveau()}
        return super().changelist_view(request, titres | (extra_context or {}))

    def add_view(self, request, form_url="", extra_context=None):
        titre = {"title": self._nouveau()}
        return super().add_view(request, form_url, titre | (extra_context or {}))

    def has_add_permission(self, request):
        return a_le_droit(request, "add", self.opts)

    def has_view_permission(self, request, obj=None):
        return a_le_droit(request, "view", self.opts, obj)

    def has_change_permission(self, request, obj=None):
        return a_le_droit(request, "change", self.opts, obj)

    def has_delete_permission(self, request, obj=None):
        return a_le_droit(request, "delete", self.opts, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None:
            kwargs["form"] = sur_une_copie(kwargs.get("form", self.form))
        return super().get_form(request, obj, change=change, **kwargs)

    def suites(self, request, objet):
        """[(button, address)] of the acts offered on the form: each saves it before it leads on."""
        return []

    def suites_d_un_ajout(self, request):
        """The same on the form of what is not there yet: no address until then."""
        return []

    def render_change_form(self, request, context, obj=None, **kwargs):
        lignes = self.suites(request, obj) if obj else self.suites_d_un_ajout(request)
        context["suites"] = [(slugify(nom), nom, adresse) for nom, adresse in lignes]
        if context.get("errors"):
            groupes = context["inline_admin_formsets"]
            context["erreurs_liees"] = erreurs_liees(context["adminform"].form, groupes)
            context["errors"] = None  # the stock page would say « ci-dessous » once more
        # Said, the address loses the anchor of a link followed before: what is told stands on top.
        kwargs["form_url"] = kwargs.get("form_url") or request.get_full_path()
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        return self._suite(request, obj, super().response_add(request, obj, post_url_continue))

    def construct_change_message(self, request, form, formsets, add=False):
        dit = super().construct_change_message(request, form, formsets, add)
        request.intacte = not add and not dit
        return dit

    def response_change(self, request, obj):
        if request.intacte and (suite := self._adresse_de_la_suite(request, obj)):
            return redirect(suite)  # nothing was written: there is nothing to tell
        return self._suite(request, obj, super().response_change(request, obj))

    def _suite(self, request, obj, reponse):
        # What was just saved may have closed the way: the form then says how things stand.
        suite = self._adresse_de_la_suite(request, obj)
        return redirect(suite) if suite else reponse

    def _adresse_de_la_suite(self, request, obj):
        """Where the button that was pressed leads; nothing for one that only saves."""
        suites = {slugify(nom): adresse for nom, adresse in self.suites(request, obj)}
        return suites.get(request.POST.get("_puis"))

    def response_post_save_add(self, request, obj):
        """What was just made is where its next acts are offered, when it has some."""
        if self.has_view_permission(request, obj) and self.suites(request, obj):
            page = f"{self.opts.app_label}_{self.opts.model_name}_change"
            return redirect(f"{self.admin_site.name}:{page}", obj.pk)
        return super().response_post_save_add(request, obj)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        if request.method == "POST":
            raise Http404  # its page gives back what was typed
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)

    def get_readonly_fields(self, request, obj=None):
        figes = self.champs_cles if obj else ()
        return [*super().get_readonly_fields(request, obj), *figes]

    def apres_retour(self, objet):
        """What is to be computed anew once a deleted object was brought back."""

    def save_model(self, request, obj, form, change):
        """A page saved as it was opened writes nothing, not even a line of history."""
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)

    def get_deleted_objects(self, objs, request):
        a_supprimer, comptes, droits, proteges = super().get_deleted_objects(objs, request)
        if not request.user.est_delegation and proteges:
            # What holds the row back may belong to somebody else's perimeter: no name.
            proteges = ["ce qui y est lié"]
        return a_supprimer, comptes, droits, proteges


class FichierSansAdresse(ClearableFileInput):
    template_name = "admin/fichier.html"
    clear_checkbox_label = "Retirer le fichier"


class DuParent:
    """An inline is read and written with the right to read and write its parent."""

    form = FormulaireIntact
    formset = LignesEnsemble
    extra = 0
    show_change_link = False

    def _parent(self, request, verbe, obj):
        return a_le_droit(request, verbe, self.parent_model._meta, obj)

    def has_view_permission(self, request, obj=None):
        return self._parent(request, "view", obj)

    def has_add_permission(self, request, obj=None):
        return self._parent(request, "change" if obj else "add", obj)

    def has_change_permission(self, request, obj=None):
        return self._parent(request, "change" if obj else "add", obj)

    def has_delete_permission(self, request, obj=None):
        return self._parent(request, "change" if obj else "add", obj)


class LignesSurUneCopie:
    def get_formset(self, request, obj=None, **kwargs):
        kwargs["form"] = sur_une_copie(kwargs.get("form", self.form))
        return super().get_formset(request, obj, **kwargs)


class LignesTabulaires(LignesSurUneCopie, DuParent, ChoixDuPerimetre, admin.TabularInline):
    """A table names its columns; here each field says its own name too, for who only hears it."""

    def get_formset(self, request, obj=None, **kwargs):
        class Nommees(super().get_formset(request, obj, **kwargs)):
            def add_fields(self, form, index):
                super().add_fields(form, index)
                for nom, champ in form.fields.items():
                    libelle = "Supprimer cette ligne" if nom == "DELETE" else champ.label
                    if libelle and not champ.widget.is_hidden:
                        # A choice of rows stands in a wrapper, whose attributes are not drawn.
                        dessine = getattr(champ.widget, "widget", champ.widget)
                        dessine.attrs.setdefault("aria-label", str(libelle))

        return Nommees


class LignesEmpilees(LignesSurUneCopie, DuParent, ChoixDuPerimetre, admin.StackedInline):
    pass


class LignesDeFichiers(LignesTabulaires):
    """Files are read through the view that checks the rights: their own address serves nothing."""

    readonly_fields = ["telecharger"]

    def adresse(self, ligne):
        """Where this line's file is downloaded; None while nobody may."""
        raise NotImplementedError

    @admin.display(description="déposé")
    def telecharger(self, ligne):
        if not ligne.pk or not ligne.fichier:
            return "–"
        nom, adresse = PurePath(ligne.fichier.name).name, self.adresse(ligne)
        return format_html('<a href="{}">{}</a>', adresse, nom) if adresse else nom

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, FileField):
            kwargs["widget"] = FichierSansAdresse
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_fields(self, request, obj=None):
        champs = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return champs
        return [champ for champ in champs if champ != "fichier"]


class Autocompletion(AutocompleteJsonView):
    """Suggests what the form would accept, and nothing more."""

    def get_queryset(self):
        permis = choix(self.model_admin.model, self.request.user)
        return super().get_queryset().filter(pk__in=permis.order_by().values("pk"))
