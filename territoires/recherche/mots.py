"""The words of a text as the index holds them: without accents, whole and by their stem.

One way for both databases: neither unaccent nor a French dictionary comes with all of them.
"""

import re
from functools import lru_cache

from echanges.textes import sans_accents
from territoires.champs import cle_de_recherche
from territoires.recherche.racines import famille, racine

MOT = re.compile(r"[^\W_]+")
# They stand in every text, and say nothing of what is looked for.
PETITS_MOTS = """
a au aux avec ce ces d dans de des du elle en et eux il ils j je l la le les leur leurs lui m ma
mais me mes n ne nos notre nous on ou par pas pour qu que qui s sa se ses son sur t te un une vos
votre vous y
"""
VIDES = frozenset(PETITS_MOTS.split())


@lru_cache(maxsize=200_000)
def formes(mot):
    """(the word as its key, its stems) of a word as it is written."""
    cle = cle_de_recherche(mot)
    if not cle or cle.isdigit():
        return cle, ()
    ecrit = mot.lower()
    racines = {sans_accents(racine(ecrit)), racine(cle), sans_accents(famille(ecrit))} - {cle, ""}
    return cle, tuple(sorted(racines))


def lexemes(*textes, vides=False):
    """All that finds these texts, in the order of the words; `vides` keeps the empty ones too."""
    trouves = []
    for texte in textes:
        for mot in MOT.findall(texte):
            cle, racines = formes(mot)
            if cle and (vides or cle not in VIDES):
                trouves.append(cle)
                trouves += racines
    return " ".join(trouves)


def tels_quels(*codes):
    """The words of codes and initials, which are no forms of others."""
    return " ".join(cle for code in codes for mot in MOT.findall(code) if (cle := formes(mot)[0]))


def mots_de(*textes):
    """The distinct words of these texts that a slip of the hand could have meant."""
    cles = {formes(mot)[0] for texte in textes for mot in MOT.findall(texte)}
    return {cle for cle in cles if len(cle) > 2 and cle.isalpha()}
