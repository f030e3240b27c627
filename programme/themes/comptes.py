"""How much there is under each theme: the rooms above say what they have, none is known here."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count

_comptes = []


@dataclass(frozen=True)
class CompteDeTheme:
    """`publics` gives the public rows of a model that has `themes`."""

    rang: int
    singulier: str
    pluriel: str
    publics: Callable


def compter(publics, singulier, pluriel, *, rang):
    _comptes.append(CompteDeTheme(rang, singulier, pluriel, publics))
    _comptes.sort(key=lambda compte: compte.rang)


def comptes():
    """{key of a theme: [(number, word)] of what it has}, in one query for each kind."""
    par_theme = defaultdict(list)
    for compte in _comptes:
        lignes = compte.publics().order_by().exclude(themes=None)
        for theme, nombre in lignes.values_list("themes").annotate(nombre=Count("pk")):
            mot = compte.singulier if nombre < 2 else compte.pluriel
            par_theme[theme].append((nombre, mot))
    return par_theme
