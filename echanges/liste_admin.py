"""The list of a ModelAdmin whose address may hold anything: it is read, or said to be unreadable.

Django tells some wrong parameters and lets others reach the database, which refuses them late.
"""

from django.contrib import messages
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import (
    ERROR_FLAG,
    SEARCH_VAR,
    ChangeList,
    ChangeListSearchForm,
)
from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import DatabaseError
from django.db.models.constants import LOOKUP_SEP

LONGUEUR_DE_RECHERCHE = 200  # characters: more than any name, fewer words than a query can hold
TROP_LONGUE = (
    f"Cette recherche dépasse {LONGUEUR_DE_RECHERCHE} caractères : elle n’a pas été faite. "
    "Voici la liste entière."
)
ILLISIBLE = (
    "L’adresse demande un filtre, un tri ou une page qui n’existe pas : voici la liste entière."
)
# Overflows, null characters, years out of the calendar, patterns that are none…
REFUSEES = (ValueError, OverflowError, TypeError, ValidationError, FieldError, DatabaseError)


# How the filters of a list compare.
COMPARAISONS = {"exact", "in", "isnull", "isempty", "gt", "gte", "lt", "lte"}
COMPARAISONS |= {"year", "month", "day"}


def _champ_demande(modele, lookup):
    """(path of the field asked about, set of the comparisons); (None, set()) without a field."""
    chemin, morceaux = [], lookup.split(LOOKUP_SEP)
    while morceaux:
        try:
            champ = modele._meta.get_field("id" if morceaux[0] == "pk" else morceaux[0])
        except FieldDoesNotExist:
            break
        # « partenaire__id » is how a filter says « partenaire ».
        if not (chemin and getattr(champ, "primary_key", False)):
            chemin.append(morceaux[0])
        morceaux = morceaux[1:]
        if not champ.is_relation:
            break
        modele = champ.related_model
    return (LOOKUP_SEP.join(chemin), set(morceaux)) if chemin else (None, set())


class RechercheForm(ChangeListSearchForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        trop_longue = MaxLengthValidator(LONGUEUR_DE_RECHERCHE, TROP_LONGUE)
        self.fields[SEARCH_VAR].validators.append(trop_longue)


class ListeAdmin(ChangeList):
    search_form_class = RechercheForm

    def __init__(self, request, *args, **kwargs):
        recherche = self.search_form_class(request.GET)
        if not recherche.is_valid():
            raise IncorrectLookupParameters(" ".join(recherche.errors.get(SEARCH_VAR, [ILLISIBLE])))
        try:
            super().__init__(request, *args, **kwargs)
        except REFUSEES as erreur:
            raise IncorrectLookupParameters(ILLISIBLE) from erreur
        for filtre in self.filter_specs:
            if isinstance(filtre, SimpleListFilter):
                offertes = {None, "", *(str(cle) for cle, _ in filtre.lookup_choices)}
                if filtre.value() not in offertes:
                    raise IncorrectLookupParameters(ILLISIBLE)


class AvecListeLisible:
    """Mixin of a ModelAdmin: what cannot be read in the address of its list is told there."""

    def lookup_allowed(self, lookup, value, request=None):
        """A list answers about what its filters offer this person, and about nothing else."""
        champ, reste = _champ_demande(self.model, lookup)
        if champ is None:
            # A filter of our own, or nothing that exists: the list says so by itself.
            return super().lookup_allowed(lookup, value, request)
        offerts = {self.date_hierarchy}
        for filtre in self.get_list_filter(request):
            filtre = filtre[0] if isinstance(filtre, list | tuple) else filtre
            offerts.add(filtre if isinstance(filtre, str) else filtre.parameter_name)
        return champ in offerts and reste <= COMPARAISONS

    def get_changelist(self, request, **kwargs):
        return ListeAdmin

    def get_changelist_instance(self, request):
        try:
            return super().get_changelist_instance(request)
        except IncorrectLookupParameters as erreur:
            if not request.GET.keys() - {ERROR_FLAG}:
                raise (erreur.__cause__ or erreur) from None  # the fault is not in the address
            texte = str(erreur) if erreur.args in ([TROP_LONGUE], (TROP_LONGUE,)) else ILLISIBLE
            messages.error(request, texte)
            raise

    def changelist_view(self, request, extra_context=None):
        if ERROR_FLAG in request.GET:
            # The list was already shown whole: what is asked since is read by itself.
            request.GET = request.GET.copy()
            del request.GET[ERROR_FLAG]
        return super().changelist_view(request, extra_context)
