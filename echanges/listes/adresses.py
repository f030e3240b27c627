"""What a list may be asked by an address that was kept: checked then, and when it is used.

The sort is kept by the names of its columns: their places change.
"""

from copy import copy
from urllib.parse import parse_qsl, urlencode

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field
from django.contrib.admin.views.main import (
    ERROR_FLAG,
    IGNORED_PARAMS,
    ORDER_VAR,
    PAGE_VAR,
    SEARCH_VAR,
)
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict
from django.utils.text import capfirst

from echanges.listes.choix import CHOIX, PLUS_OFFERTE

OUVRIR = "_filtre"  # opens a filter that was saved
TRI = "_tri"
COCHES = "action_checkbox"  # the column of boxes, that Django puts first
LONGUEUR = 2000  # characters: more than a list can sensibly be asked
PASSAGERS = {PAGE_VAR, ERROR_FLAG, CHOIX, OUVRIR, *IGNORED_PARAMS} - {SEARCH_VAR, ORDER_VAR}


def choisi(parametres):
    """The parameters of the list once the choices of its page are made."""
    gardes = [(c, v) for c, valeurs in parametres.lists() for v in valeurs if c not in PASSAGERS]
    for valeur in parametres.getlist(CHOIX):
        gardes += parse_qsl(valeur, keep_blank_values=True)
    return _parametres([(cle, v) for cle, v in gardes if v != "" and cle not in PASSAGERS])


def sans_recherche(parametres):
    paires = [(cle, v) for cle, valeurs in parametres.lists() for v in valeurs]
    return _parametres([(cle, v) for cle, v in paires if cle != SEARCH_VAR])


def lisibles(modele_admin, request, parametres):
    """(of these parameters, those that the list answers today; the names of the others)"""
    refusees = []
    liste = _liste(modele_admin, request, parametres)
    if liste is None:
        gardes = {}
        for cle, valeurs in parametres.lists():
            if _liste(modele_admin, request, _parametres([(cle, v) for v in valeurs])):
                gardes[cle] = valeurs
            else:
                refusees.append("tri" if cle == ORDER_VAR else cle)
        parametres = _parametres([(cle, v) for cle, valeurs in gardes.items() for v in valeurs])
        liste = _liste(modele_admin, request, parametres)
    perimes = [f for f in liste.filtres if f.choisie and f.choisie.libelle == PLUS_OFFERTE]
    refusees += [filtre.titre.lower() for filtre in perimes]
    perdus = {parametre for filtre in perimes for parametre in filtre.parametres}
    gardes = [(c, v) for c, valeurs in parametres.lists() for v in valeurs if c not in perdus]
    return _parametres(gardes), refusees


def ecrire(modele_admin, request, parametres):
    """These parameters as they are kept."""
    colonnes = modele_admin.get_list_display(request)
    colonnes = _colonnes(modele_admin, request, colonnes)
    paires = []
    for cle, valeurs in parametres.lists():
        if cle == ORDER_VAR:
            paires.append((TRI, ".".join(_nommees(valeurs[-1], colonnes))))
        else:
            paires += [(cle, valeur) for valeur in valeurs]
    return urlencode([(cle, valeur) for cle, valeur in paires if valeur])


def lire(modele_admin, request, requete):
    """(parameters that the list answers today, names of those that it does not) of a kept text."""
    colonnes = _colonnes(modele_admin, request, modele_admin.get_list_display(request))
    paires, refusees = [], []
    for cle, valeur in parse_qsl(requete[:LONGUEUR], keep_blank_values=True):
        if cle == TRI:
            rangs = [_rang(nom, colonnes) for nom in valeur.split(".")]
            refusees += ["tri"] if None in rangs else []
            valeur = ".".join(rang for rang in rangs if rang)
            cle = ORDER_VAR
        if valeur:
            paires.append((cle, valeur))
    parametres, illisibles = lisibles(modele_admin, request, _parametres(paires))
    return parametres, [*refusees, *illisibles]


def phrase_du_tri(liste):
    """In which order the rows come, in a few words."""
    if ORDER_VAR in liste.params:
        dits = [
            f"{_titre(liste, rang)} ({'croissant' if sens == 'asc' else 'décroissant'})"
            for rang, sens in liste.get_ordering_field_columns().items()
            if 0 <= rang < len(liste.list_display) and liste.list_display[rang] != COCHES
        ]
        if dits:
            return f"par {', puis '.join(dits)}"
    if liste.query:
        return "les plus proches de votre recherche d’abord"
    return liste.model_admin.get_tri(liste.request)


def _titre(liste, rang):
    return label_for_field(liste.list_display[rang], liste.model, liste.model_admin)


def _colonnes(modele_admin, request, colonnes):
    """The names of the columns at the places that the address of the list counts."""
    coches = [COCHES] if modele_admin.get_actions(request) else []
    return [*coches, *(str(colonne) for colonne in colonnes)]


def _nommees(tri, colonnes):
    for rang in tri.split("."):
        sens, nombre = ("-", rang[1:]) if rang.startswith("-") else ("", rang)
        connue = nombre.isdecimal() and int(nombre) < len(colonnes)
        if connue and colonnes[int(nombre)] != COCHES:
            yield sens + colonnes[int(nombre)]


def _rang(nom, colonnes):
    sens, nom = ("-", nom[1:]) if nom.startswith("-") else ("", nom)
    return f"{sens}{colonnes.index(nom)}" if nom in colonnes else None


def _parametres(paires):
    parametres = QueryDict(mutable=True)
    for cle, valeur in paires:
        parametres.appendlist(cle, valeur)
    return parametres


def _liste(modele_admin, request, parametres):
    """The list asked so; None when it cannot be."""
    demande = copy(request)
    demande.GET = parametres
    try:
        return modele_admin.liste_demandee(demande)
    except (IncorrectLookupParameters, SuspiciousOperation):
        return None


def enregistres(modele_admin, gardes):
    """[(name, address that opens it)] of the filters that were saved with a name."""
    return [(capfirst(g.nom), f"?{OUVRIR}={g.pk}") for g in gardes if g.nom]
