"""What the rooms above count for each territoire of the map: a column, a filter, a colour.

A room declares its count from its `encarts.py`; the map shows what is declared and nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass

_comptes = {}


@dataclass(frozen=True)
class Compte:
    """`cle` is its parameter in the address, `propriete` its name in open data.

    `requete` returns a queryset of rows (identifiant of a territoire, number); it is compiled once
    (`territoires.carte.requetes`). What is counted is named twice, each time as (singular, plural):
    in short on the drawing, in full in a sentence. `paliers` are (least number, `Nuance`), rising.
    """

    cle: str
    propriete: str
    requete: Callable
    colonne: str
    filtre: str
    couleur: str
    sur_la_carte: tuple
    en_toutes_lettres: tuple
    paliers: tuple

    def abrege(self, nombre):
        return f"{nombre} {self.sur_la_carte[nombre > 1]}"

    def en_texte(self, nombre):
        return f"{nombre} {self.en_toutes_lettres[nombre > 1]}"

    def nuance(self, nombre):
        return next(nuance for seuil, nuance in reversed(self.paliers) if nombre >= seuil)


def declarer(compte):
    _comptes[compte.cle] = compte


def declares():
    return tuple(_comptes.values())


def compte(cle):
    """The count of this name; None when no room declared it."""
    return _comptes.get(cle)
