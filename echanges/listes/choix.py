"""The filters of a list as one chooses among them: a filter without a choice is not shown."""

from copy import copy
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.contrib.admin import FieldListFilter, RelatedFieldListFilter
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.text import capfirst

CHOIX = "_f"  # a choice made on the page: each value is what one filter asks, or nothing
PLUS_OFFERTE = "valeur qui n’est plus proposée"


@dataclass
class Option:
    valeur: str  # what it adds to the address
    libelle: str
    choisie: bool


@dataclass
class Filtre:
    titre: str
    options: list  # the first one chooses nothing
    parametres: tuple

    @property
    def choisie(self):
        return next((o for o in self.options[1:] if o.choisie), None)


@dataclass
class Etiquette:
    texte: str
    adresse: str  # of the list without it


def filtres(liste, request):
    """Those that divide the rows of this person, or that the address asks for."""
    specs = [(spec, _options(spec, liste)) for spec in liste.filter_specs]
    vrais, divises = _vrais(liste, request, specs)
    offerts = []
    for rang, (spec, options) in enumerate(specs):
        gardees = [o for o in options[1:] if o.choisie or (rang, o.valeur) in vrais]
        # Where a row answers one option alone, two of them divide.
        divisent = divises.get(rang) or (len(gardees) > 1 and rang not in divises)
        if spec.used_parameters or divisent:
            parametres = tuple(spec.expected_parameters())
            titre = capfirst(str(spec.title))
            offerts.append(Filtre(titre, [options[0], *gardees], parametres))
    return offerts


def _options(spec, liste):
    siens, options = set(spec.expected_parameters()), []
    for choix in spec.choices(liste):
        paires = parse_qsl(choix["query_string"].lstrip("?"), keep_blank_values=True)
        valeur = urlencode([(cle, v) for cle, v in paires if cle in siens])
        libelle = str(choix["display"])
        if valeur and libelle == liste.model_admin.get_empty_value_display():
            libelle = f"sans {spec.title}"
        options.append(Option(valeur, libelle if options else "Indifférent", choix["selected"]))
    if spec.used_parameters and not any(o.choisie for o in options[1:]):
        demande = [(cle, v) for cle, v in liste.params.items() if cle in siens]
        options.append(Option(urlencode(demande), PLUS_OFFERTE, True))
    return options


def _vrais(liste, request, specs):
    """({(rank of the filter, option) that some row answers}, {rank: one of them divides the rows}).

    The second tells of the filters whose options may share rows. One query, for all of them.
    """
    vrais, conditions, questions, partages = set(), {}, {}, {}
    for rang, (spec, options) in enumerate(specs):
        champ = getattr(spec, "field", None)
        plusieurs = champ is None or champ.many_to_many
        # What a filter read in the rows stands there; all rows may answer each of a few options.
        lus = getattr(spec, "lus_dans_les_lignes", False) and not (plusieurs and len(options) < 8)
        for option in options[1:]:
            if lus and "__isnull" not in option.valeur:
                vrais.add((rang, option.valeur))
                continue
            lignes = _lignes(spec, option, liste, request).order_by()
            questions[f"q{len(questions)}"] = (rang, option.valeur), Exists(lignes)
            if plusieurs:
                # Of each row in turn: the first that is not among them ends the search, and the
                # first option that divides ends that of its filter.
                autres = liste.root_queryset.filter(~Exists(lignes.filter(pk=OuterRef("pk"))))
                divise = Q(Exists(lignes), Exists(autres.order_by()))
                partages[rang] = partages.get(rang, Q()) | divise
    conditions = {nom: existe for nom, (_, existe) in questions.items()}
    conditions |= {f"f{rang}": ExpressionWrapper(q, BooleanField()) for rang, q in partages.items()}
    if conditions:
        moi = get_user_model()._base_manager.filter(pk=request.user.pk)
        reponses = moi.values(**conditions)[0]
        vrais |= {option for nom, (option, _) in questions.items() if reponses[nom]}
        partages = {rang: reponses[f"f{rang}"] for rang in partages}
    return vrais, partages


def _lignes(spec, option, liste, request):
    """The rows that this option would keep, among all those of the person."""
    demande = dict(parse_qsl(option.valeur, keep_blank_values=True))
    if isinstance(spec, RelatedFieldListFilter):
        spec = copy(spec)
        spec.used_parameters = {
            cle: [v == "True" if cle == spec.lookup_kwarg_isnull else v]
            for cle, v in demande.items()
        }
    elif isinstance(spec, FieldListFilter):
        parametres = {cle: [v] for cle, v in demande.items()}
        modele, admin = liste.model, liste.model_admin
        spec = type(spec)(spec.field, request, parametres, modele, admin, spec.field_path)
    else:
        spec = copy(spec)
        spec.used_parameters = demande
    lignes = spec.queryset(request, liste.root_queryset)
    return liste.root_queryset if lignes is None else lignes


def etiquettes(liste):
    """What the address asks, each with the address that asks it no more."""
    dites, connus = [], {SEARCH_VAR}
    if liste.query:
        dites.append(Etiquette(f"recherche : « {liste.query} »", _sans(liste, [SEARCH_VAR])))
    for filtre in liste.filtres:
        connus.update(filtre.parametres)
        if filtre.choisie:
            texte = f"{filtre.titre.lower()} : {filtre.choisie.libelle}"
            dites.append(Etiquette(texte, _sans(liste, filtre.parametres)))
    for cle in liste.get_filters_params():
        if cle not in connus:
            texte = f"{_champ(liste, cle)} : {liste.params[cle]}"
            dites.append(Etiquette(texte, _sans(liste, [cle])))
    return dites


def _champ(liste, cle):
    """The name of the field that a lookup asks about."""
    chemin = cle.split("__")
    while chemin:
        try:
            return get_fields_from_path(liste.model, "__".join(chemin))[-1].verbose_name
        except (FieldDoesNotExist, AttributeError):
            chemin.pop()
    return cle


def _sans(liste, parametres):
    """Taking a tag away is a choice: it is remembered as the others are."""
    reste = {cle: v for cle, v in liste.filter_params.items() if cle not in parametres}
    return f"?{urlencode(sorted((reste | {CHOIX: ''}).items()), doseq=True)}"
