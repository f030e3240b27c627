"""The known value nearest to what a person wrote, abbreviations of administrations included."""

import re

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from echanges.textes import sans_accents

ABREVIATIONS = {
    "cc": "communaute communes",
    "comcom": "communaute communes",
    "codecom": "communaute communes",
    "ca": "communaute agglomeration",
    "agglo": "agglomeration",
    "cu": "communaute urbaine",
    "com": "communaute",
    "metro": "metropole",
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "stes": "saintes",
    "grd": "grand",
    "dept": "departement",
    "bdt": "banque territoires",
    "bpi": "bpifrance",
    "conv": "convention",
    "territ": "territoire",
}
VIDES = frozenset(["d", "de", "des", "du", "l", "la", "le", "les", "et", "en", "a", "au", "aux"])
# What nearly every intercommunalité is called tells none from another.
GENRES = frozenset(["communaute", "communes", "agglomeration", "urbaine", "metropole"])
# Nor do these words, alone.
COMMUNS = frozenset(["pays", "val", "vallee", "nord", "sud", "est", "ouest", "centre", "saint"])
SEUIL = 70  # out of 100: below, nothing resembles
SEUIL_DES_CHOIX = 80  # there are few, each is known to the person


def developper(texte):
    """The words that count, without accents, abbreviations written out."""
    mots = []
    for mot in re.findall(r"\w+", sans_accents(texte).replace("s/", "sur ")):
        mots += ABREVIATIONS.get(mot, mot).split()
    return [mot for mot in mots if mot not in VIDES]


def en_propre(mots):
    """These words without those of the kind of intercommunalité, unless nothing else is left."""
    return " ".join([mot for mot in mots if mot not in GENRES] or mots)


class Noms:
    """Known names by key; `proche` gives the key of the nearest and its score, or None."""

    def __init__(self, noms):
        entiers = {cle: developper(nom) for cle, nom in noms.items() if nom}
        self.entiers = {cle: " ".join(mots) for cle, mots in entiers.items()}
        self.propres = {cle: en_propre(mots) for cle, mots in entiers.items()}

    def _est_clairement(self, mots, cle):
        """One slip away, or each word that is written stands in the name, and says half of it."""
        entier = "".join(mots)
        if len(entier) > 3 and OSA.distance(entier, self.entiers[cle].replace(" ", "")) <= 1:
            return True
        ecrits = [mot for mot in en_propre(mots).split() if not mot.isdecimal()]
        connus = self.propres[cle].split()
        return (
            len("".join(ecrits)) > 3
            and not COMMUNS.issuperset(ecrits)
            and all(_est_un_mot(mot, connus) for mot in ecrits)
            and 2 * len(ecrits) >= len(connus)
        )

    def proche(self, texte):
        mots = developper(texte)
        trouves = process.extract(
            en_propre(mots), self.propres, scorer=fuzz.WRatio, score_cutoff=SEUIL, limit=5
        )
        if not trouves:
            return None
        trouves = [t for t in trouves if self._est_clairement(mots, t[2])]
        if not trouves:
            return None
        entier = " ".join(mots)
        # Equal names: the one of the same kind.
        _, note, cle = max(
            trouves, key=lambda t: (round(t[1]), fuzz.ratio(entier, self.entiers[t[2]]))
        )
        return cle, note


def _est_un_mot(mot, mots):
    """Whether this word stands among those, one slip apart for long ones."""
    return mot in mots or (
        len(mot) > 4 and any(OSA.distance(mot, autre, score_cutoff=1) <= 1 for autre in mots)
    )


def choix_proche(texte, libelles):
    """The value whose label, or itself, is the nearest; {value: label}. None when none is."""
    mots = " ".join(developper(texte))
    valeurs = {valeur: sans_accents(str(valeur)) for valeur in libelles}
    noms = {valeur: " ".join(developper(str(nom))) for valeur, nom in libelles.items()}
    trouves = [  # values are short: what contains one does not name it
        process.extractOne(sans_accents(texte), valeurs, scorer=fuzz.ratio, score_cutoff=SEUIL),
        process.extractOne(mots, noms, scorer=fuzz.WRatio, score_cutoff=SEUIL_DES_CHOIX),
    ]
    return max(filter(None, trouves), key=lambda t: t[1], default=(None, 0, None))[2]
