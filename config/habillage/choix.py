"""Choosing among thousands of rows: with or without script, by eye or by ear.

The fields that a ModelAdmin lists in `autocomplete_fields` are drawn as a list of what is chosen
and a field to search the others. Without script « Chercher » gives the page back as it was typed,
the rows that were found among the choices; with `habillage/choix.js` the field is a combobox (ARIA
Authoring Practices). Both ask the autocomplete view of the site: same rows, same rights.
"""

import json
from copy import copy

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core.exceptions import PermissionDenied
from django.forms.utils import ErrorDict, flatatt
from django.http import Http404, QueryDict
from django.utils.functional import cached_property

CHERCHER, AJOUTER = "_chercher", "_ajouter"
TERME, VU = "--terme", "--vu"  # after the name of a field: what is sought, what was sought before

A_CHOISIR = (
    "Rien n’est encore enregistré\u202f: choisissez parmi les réponses à ce que vous avez cherché, "
    "puis enregistrez."
)


class Cherchable:
    """Mixin of the two widgets; `request` is whose rights the search without script has."""

    terme = ""
    lus = None  # {key: row} of those chosen, when the form has them already

    def __init__(self, field, admin_site, request=None, **options):
        super().__init__(field, admin_site, **options)
        self.request = request

    @property
    def media(self):
        return forms.Media(js=["habillage/choix.js"])

    def build_attrs(self, base_attrs, extra_attrs=None):
        """Said to be required, never barred by the browser: the choice may stand elsewhere."""
        attributs = super(AutocompleteMixin, self).build_attrs(base_attrs, extra_attrs)
        if attributs.pop("required", False):
            attributs["aria-required"] = "true"
        return attributs

    def value_from_datadict(self, data, files, name):
        self.terme = (data.get(f"{name}{TERME}") or "").strip()
        return super().value_from_datadict(data, files, name)

    def get_context(self, name, value, attrs):
        contexte = super().get_context(name, value, attrs)
        widget = contexte["widget"]
        attributs = widget["attrs"]
        widget |= {
            "adresse": self.get_url(),
            "source": self._source,
            "plusieurs": self.allow_multiple_selected,
            "titre": attributs.get("aria-label") or self.field.verbose_name,
            "terme": self.terme,
            "trouves": len(self.trouves["results"]),
            "la_suite": self.trouves["pagination"]["more"],
        }
        widget["attrs_recherche"] = self._attributs_de_la_recherche(name, widget)
        return contexte

    def _attributs_de_la_recherche(self, name, widget):
        """Several are known by the field to search, one by its list: it alone is labelled twice."""
        communs = {"id": f"{widget['attrs']['id']}{TERME}"}
        if self.allow_multiple_selected:
            dits = ("aria-label", "aria-describedby", "aria-invalid", "aria-required")
            communs |= {nom: v for nom, v in widget["attrs"].items() if nom in dits}
        else:
            communs["aria-label"] = f"Chercher\u202f: {widget['titre']}"
        if self.terme and self.request.POST.get(CHERCHER) == name:
            (communs if self.allow_multiple_selected else widget["attrs"])["autofocus"] = True
        return flatatt(communs)

    def optgroups(self, name, value, attrs=None):
        """What is chosen, then what was found."""
        groupes = self._choisis(name, value) or super().optgroups(name, value, attrs)
        lignes = groupes[0][1]
        if not self.allow_multiple_selected:
            lignes[:] = [ligne for ligne in lignes if ligne["value"]]
            lignes.insert(0, self.create_option(name, "", "Rien de choisi", set(), 0))
        montres = {str(ligne["value"]) for ligne in lignes}
        for trouve in self.trouves["results"]:
            if trouve["id"] not in montres:
                rang = len(lignes)
                lignes.append(self.create_option(name, trouve["id"], trouve["text"], set(), rang))
        return groupes

    def _choisis(self, name, value):
        """The group of what is chosen, without a query; nothing when some of it was not read."""
        if not value or self.lus is None or not self.lus.keys() >= set(value):
            return None
        dire = self.choices.field.label_from_instance
        dits = [(cle, dire(ligne)) for cle, ligne in self.lus.items() if cle in value]
        options = [
            self.create_option(name, cle, dit, {cle}, rang) for rang, (cle, dit) in enumerate(dits)
        ]
        return [(None, options, 0)]

    @property
    def _source(self):
        """The field, as the autocomplete view asks for it."""
        modele = self.field.model._meta
        return {
            "app_label": modele.app_label,
            "model_name": modele.model_name,
            "field_name": self.field.name,
        }

    @cached_property
    def trouves(self):
        """What the autocomplete view answers to this person."""
        rien = {"results": [], "pagination": {"more": False}}
        if not self.terme or self.request is None:
            return rien
        demande = copy(self.request)
        demande.method, demande.GET = "GET", QueryDict(mutable=True)
        demande.GET.update(self._source | {"term": self.terme})
        try:
            return json.loads(self.admin_site.autocomplete_view(demande).content)
        except (Http404, PermissionDenied):
            return rien


class Choisir(Cherchable, AutocompleteSelect):
    template_name = "habillage/choix.html"


class ChoisirPlusieurs(Cherchable, AutocompleteSelectMultiple):
    """A box for each row that is chosen: one is taken out without a key to hold down."""

    template_name = "habillage/choix.html"

    def id_for_label(self, id_, index="0"):
        """The field to search names the whole."""
        return id_ and f"{id_}{TERME}"


class ChoixCherchables:
    """Mixin of a ModelAdmin and of its inlines: their `autocomplete_fields` are drawn so."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", self._choisir(Choisir, db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", self._choisir(ChoisirPlusieurs, db_field, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _choisir(self, widget, db_field, request):
        return widget(db_field, self.admin_site, request)


def est_en_cours(request):
    """Somebody is not done: they ask for rows to choose from, or for one more line.

    What was typed to be sought and never was is sought before anything is saved.
    """
    if request.method != "POST":
        return False
    envoi = request.POST
    return (
        CHERCHER in envoi
        or AJOUTER in envoi
        or any(
            envoi[nom].strip() not in ("", envoi.get(nom.removesuffix(TERME) + VU, "").strip())
            for nom in envoi
            if nom.endswith(TERME)
        )
    )


def ne_pas_juger(formulaire):
    """Show this form as it was typed, with no error yet."""
    formulaire._errors = ErrorDict()
    formulaire.cleaned_data = {}
    return formulaire


class SaisieEnCours:
    """Mixin of a ModelAdmin: what only asks for choices or lines is given back, nothing is saved.

    It comes before all others that receive the form.
    """

    def changeform_view(self, request, *args, **kwargs):
        request.saisie_en_cours = est_en_cours(request)
        if request.saisie_en_cours and not {CHERCHER, AJOUTER} & request.POST.keys():
            self.message_user(request, A_CHOISIR, messages.WARNING)
        return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        formulaire = super().get_form(request, obj, change=change, **kwargs)
        if getattr(request, "saisie_en_cours", False):
            # A class of this request alone.
            formulaire.full_clean, formulaire.is_valid = ne_pas_juger, lambda self: False
        return formulaire

    def _create_formsets(self, request, obj, change):
        en_cours = getattr(request, "saisie_en_cours", False)
        if en_cours:
            _une_ligne_de_plus(request)
        groupes, lignes = super()._create_formsets(request, obj, change)
        for groupe in groupes if en_cours else ():
            groupe._errors = [{} for _ in groupe.forms]
            groupe._non_form_errors = groupe.error_class()
            for formulaire in groupe.forms:
                ne_pas_juger(formulaire)
        return groupes, lignes


def _une_ligne_de_plus(request):
    nombre = f"{request.POST.get(AJOUTER)}-TOTAL_FORMS"
    if request.POST.get(nombre, "").isdecimal():
        request.POST = request.POST.copy()
        request.POST[nombre] = str(int(request.POST[nombre]) + 1)
