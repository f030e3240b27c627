"""The list of a ModelAdmin: what its address asks, what is remembered of it, what it says.

An address may hold anything: it is read, or said to be unreadable. Django tells some wrong
parameters and lets others reach the database, which refuses them late.
"""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import (
    ERROR_FLAG,
    IS_POPUP_VAR,
    ORDER_VAR,
    SEARCH_VAR,
    ChangeList,
    ChangeListSearchForm,
)
from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import DatabaseError
from django.db.models import Case, F, Value, When
from django.db.models.expressions import OrderBy
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.html import format_html

from echanges.listes import adresses, choix
from echanges.listes.lookups import COMPARAISONS, champ_demande
from echanges.listes.memoire import gardien
from echanges.listes.recherche import chercher
from echanges.textes import LONGUEUR_DE_RECHERCHE

TROP_LONGUE = (
    f"Cette recherche dépasse {LONGUEUR_DE_RECHERCHE} caractères : elle n’a pas été faite. "
    "Voici la liste entière."
)
ILLISIBLE = (
    "L’adresse demande un filtre, un tri ou une page qui n’existe pas : voici la liste entière."
)
# Overflows, null characters, years out of the calendar, patterns that are none…
REFUSEES = (ValueError, OverflowError, TypeError, ValidationError, FieldError, DatabaseError)


def d_abord(*conditions, **valeurs):
    """For an `ordering`: the rows that answer, then the others."""
    return Case(When(*conditions, **valeurs, then=Value(0)), default=Value(1)).asc()


def vides_a_la_fin(modele, ordre):
    """The same order, the rows without a value last in both senses: databases differ on it."""
    for terme in ordre:
        if isinstance(terme, OrderBy):
            if terme.nulls_first is None:
                terme = terme.copy()
                terme.nulls_last = True
            yield terme
            continue
        chemin = terme.removeprefix("-")
        vide, relation = _peut_manquer(modele, chemin)
        if vide and not relation:
            yield OrderBy(F(chemin), chemin != terme, nulls_last=True)
            continue
        if vide:
            # Django sorts by what is at the other end, by an order of its own.
            yield d_abord(**{f"{chemin}__isnull": False})
        yield terme


def _peut_manquer(modele, chemin):
    """Whether a row may have no value there, and whether the path ends on a relation.

    What is no field is an annotation, which may have none.
    """
    try:
        champs = get_fields_from_path(modele, modele._meta.pk.name if chemin == "pk" else chemin)
    except FieldDoesNotExist:
        return True, False
    return any(champ.null for champ in champs), champs[-1].is_relation


class RechercheForm(ChangeListSearchForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        trop_longue = MaxLengthValidator(LONGUEUR_DE_RECHERCHE, TROP_LONGUE)
        self.fields[SEARCH_VAR].validators.append(trop_longue)


class ListeAdmin(ChangeList):
    search_form_class = RechercheForm

    def __init__(self, request, *args, **kwargs):
        self.request = request
        recherche = self.search_form_class(request.GET)
        if not recherche.is_valid():
            raise IncorrectLookupParameters(" ".join(recherche.errors.get(SEARCH_VAR, [ILLISIBLE])))
        try:
            super().__init__(request, *args, **kwargs)
        except (DisallowedModelAdminLookup, *REFUSEES) as erreur:
            raise IncorrectLookupParameters(ILLISIBLE) from erreur
        for filtre in self.filter_specs:
            if isinstance(filtre, SimpleListFilter):
                offertes = {None, "", *(str(cle) for cle, _ in filtre.lookup_choices)}
                if filtre.value() not in offertes:
                    raise IncorrectLookupParameters(ILLISIBLE)

    def get_ordering(self, request, queryset):
        ordre = super().get_ordering(request, queryset)
        return list(vides_a_la_fin(self.model, ordre)) if ORDER_VAR in self.params else ordre

    def get_results(self, request):
        """Nothing is done to several rows where there is none."""
        super().get_results(request)
        self.show_admin_actions = bool(self.result_count)

    @cached_property
    def filtres(self):
        return choix.filtres(self, self.request)

    @cached_property
    def etiquettes(self):
        return choix.etiquettes(self)

    @property
    def tri(self):
        return adresses.phrase_du_tri(self)

    @property
    def autres_parametres(self):
        """(name, value) of what the address asks beside the filters: the search, the sort."""
        siens = {parametre for filtre in self.filtres for parametre in filtre.parametres}
        return [(cle, valeur) for cle, valeur in self.params.items() if cle not in siens]

    parametre_de_choix = choix.CHOIX

    @property
    def phrase(self):
        """How many rows, and in which order."""
        noms = self.opts.verbose_name_plural if self.result_count > 1 else self.opts.verbose_name
        compte = f"{number_format(self.result_count, force_grouping=True)} {noms}"
        return f"{compte}. Ordre : {self.tri}." if self.tri and self.result_count else f"{compte}."

    @property
    def requete(self):
        """What is asked, as the page that saves it takes it."""
        return urlencode(sorted(self.filter_params.items()), doseq=True)

    @property
    def ordre_habituel(self):
        """The same without the order that was chosen; empty when none was."""
        if ORDER_VAR not in self.params:
            return ""
        reste = {cle: v for cle, v in self.filter_params.items() if cle != ORDER_VAR}
        return f"?{urlencode(sorted((reste | {choix.CHOIX: ''}).items()), doseq=True)}"

    @property
    def tout_effacer(self):
        """Whole, in the order that was chosen."""
        ordre = {ORDER_VAR: self.params[ORDER_VAR]} if ORDER_VAR in self.params else {}
        return f"?{urlencode(ordre | {choix.CHOIX: ''})}"

    def url_for_result(self, result):
        adresse = self.model_admin.adresse_de_ligne(self.request, result)
        return adresse or super().url_for_result(result)


class AvecListeLisible:
    """Mixin of a ModelAdmin: its list is read, remembered, searched and said as every other."""

    show_facets = admin.ShowFacets.NEVER
    # What comes first when nobody chose an order, in words.
    tri = ""
    # Codes are compared by their beginning, search fields anywhere.
    champs_codes = ()

    def lookup_allowed(self, lookup, value, request=None):
        """A list answers about what its filters offer this person, and about nothing else."""
        champ, reste = champ_demande(self.model, lookup)
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

    def get_tri(self, request):
        return self.tri

    def adresse_de_ligne(self, request, objet):
        """Where a row leads this person, when it is not to its form."""
        return

    def get_search_results(self, request, queryset, search_term):
        ordre = queryset.query.order_by or self.get_ordering(request) or self.opts.ordering
        champs = self.get_search_fields(request)
        lignes, proximite = chercher(queryset, search_term, champs, self.champs_codes)
        if proximite is not None and ORDER_VAR not in request.GET:
            lignes = lignes.order_by(proximite, *ordre)
        return lignes, False

    def liste_demandee(self, request):
        """As this request asks it; what cannot be read is raised, not told."""
        return super().get_changelist_instance(request)

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
        if request.method != "GET" or IS_POPUP_VAR in request.GET:
            return super().changelist_view(request, extra_context)
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        gardes = gardien().de(request.user, self.opts.label_lower)
        if suite := self._a_demander(request, gardes):
            demande = "" if suite is True else f"?{suite.urlencode()}"
            return redirect(request.path + demande)
        siens = {"enregistres": adresses.enregistres(self, gardes)}
        return super().changelist_view(request, siens | (extra_context or {}))

    def _a_demander(self, request, gardes):
        """What the list is to be asked instead: a choice just made, a filter opened, the last one.

        True when it is to be asked nothing; nothing when it is asked as it should be.
        """
        if choix.CHOIX in request.GET:
            parametres, _ = adresses.lisibles(self, request, adresses.choisi(request.GET))
            return self._retenir(request, parametres) or True
        if adresses.OUVRIR in request.GET:
            return self._ouvrir(request, gardes) or True
        derniere = next((g.requete for g in gardes if not g.nom), "")
        if request.GET or not derniere:
            return None
        parametres, refusees = adresses.lire(self, request, derniere)
        if parametres.keys() - {ORDER_VAR}:
            messages.info(
                request,
                format_html(
                    'Filtres gardés de la dernière fois. <a href="?{}">Les retirer</a>',
                    urlencode({choix.CHOIX: ""}),
                ),
            )
        return self._retenir(request, parametres) if refusees else parametres

    def _retenir(self, request, parametres):
        """A search is made anew each time; the filters and the sort come back."""
        requete = adresses.ecrire(self, request, adresses.sans_recherche(parametres))
        gardien().retenir(request.user, self.opts.label_lower, requete[: adresses.LONGUEUR])
        return parametres

    def _ouvrir(self, request, gardes):
        cle = request.GET[adresses.OUVRIR]
        ouvert = next((g for g in gardes if g.nom and str(g.pk) == cle), None)
        if ouvert is None:
            messages.warning(request, "Ce filtre enregistré n’existe plus : voici la liste.")
            return None
        parametres, refusees = adresses.lire(self, request, ouvert.requete)
        if refusees:
            messages.warning(
                request,
                f"Du filtre « {ouvert.nom} » ne s’applique plus : {', '.join(refusees)}. "
                "Voici la liste avec le reste.",
            )
        return self._retenir(request, parametres)
