"""What each table is asked by: the filters of its page, else the keys and choices it shows."""

import django_filters
from django import forms
from django.utils.text import capfirst

from config.api.tables import Table
from echanges.colonnes.colonne import Relation
from echanges.colonnes.valeurs import Choix, Entier, Texte
from echanges.colonnes.valeurs import Code as CodeOfficiel
from echanges.registre import resources
from evenements.filters import AssembleeFilter, InterventionFilter
from programme.contrats.filters import ContratFilter
from programme.fiches.filters import FicheFilter
from programme.fiches.views_registre import RegistreFilter
from programme.mobilisation.filters import ConventionFilter, OffreFilter, PartenaireFilter
from programme.pratiques.filters import BonnePratiqueFilter
from territoires.portraits.filters import TerritoireFilter

DES_PAGES = {
    "territoires": TerritoireFilter,
    "fiches": FicheFilter,
    "partenaires": PartenaireFilter,
    "offres": OffreFilter,
    "conventions": ConventionFilter,
    "contrats": ContratFilter,
    "bonnes_pratiques": BonnePratiqueFilter,
    "assemblees": AssembleeFilter,
    "interventions": InterventionFilter,
    "obstacles_nationaux": RegistreFilter,
}


class EntierFilter(django_filters.NumberFilter):
    field_class = forms.IntegerField


def filtres_de(nom):
    """The FilterSet of this table, that its page and its API share."""
    if nom in DES_PAGES:
        return DES_PAGES[nom]
    classe = resources()[nom]
    filtres = {}
    for colonne in classe().colonnes:
        for entete, chemin, valeur in colonne.parties():
            # What is not shown is not asked either: an answer would tell it.
            if entete in Table(nom).publiques and entete not in filtres:
                filtres |= _filtre(colonne, entete, chemin, valeur)
    meta = type("Meta", (), {"model": classe._meta.model, "fields": []})
    return type(f"Filtres_{nom}", (django_filters.FilterSet,), {**filtres, "Meta": meta})


def _filtre(colonne, entete, chemin, valeur):
    """{header: its filter} for what names another row, or is one of a few values."""
    if chemin is None:
        return {}
    libelle = capfirst(entete.replace("_", " "))
    if isinstance(valeur, Choix):
        choix = list(valeur.libelles.items())
        return {
            entete: django_filters.ChoiceFilter(field_name=chemin, choices=choix, label=libelle)
        }
    if not isinstance(colonne, Relation):
        return {}
    if isinstance(valeur, Entier):
        return {entete: EntierFilter(field_name=chemin, label=libelle, min_value=0)}
    if isinstance(valeur, Texte | CodeOfficiel):
        return {entete: django_filters.CharFilter(field_name=chemin, label=libelle, max_length=200)}
    return {}
