"""The stem of a French word, by the Snowball algorithm (Martin Porter), for both databases.

Source: snowballstem.org/algorithms/french/stemmer.html; PostgreSQL's `french_stem` is the same.
"""

import re
from functools import lru_cache

VOYELLES = "aeiouyâàëéêèïîôûù"
V, C = f"[{VOYELLES}]", f"[^{VOYELLES}]"

# What marks a vowel that counts as a consonant: capitals.
_U = re.compile(f"(?<={V})u(?={V})|(?<=q)u")
_I = re.compile(f"(?<={V})i(?={V})")
_Y = re.compile(f"(?<={V})y|y(?={V})")
_APRES_CONSONNE = re.compile(f"{V}{C}")
_VOYELLE = re.compile(V)

EN_I = re.compile(
    f"(?<={C})(îmes|ît|îtes|i|ie|ies|ir|ira|irai|iraIent|irais|irait|iras|irent|irez|iriez|irions|"
    "irons|iront|is|issaIent|issais|issait|issant|issante|issantes|issants|isse|issent|isses|issez|"
    "issiez|issions|issons|it)$"
)
EN_E = re.compile(
    "(é|ée|ées|és|èrent|er|era|erai|eraIent|erais|erait|eras|erez|eriez|erions|erons|eront|ez|iez)$"
)
EN_A = re.compile(
    "(âmes|ât|âtes|a|ai|aIent|ais|ait|ant|ante|antes|ants|as|asse|assent|asses|assiez|assions)$"
)
# Suffixes of the first step, the longest first, with what each becomes.
SUFFIXES = re.compile(
    "(?P<issement>issements?)$|(?P<amment>amment)$|(?P<emment>emment)$|(?P<ement>ements?)$|"
    "(?P<ation>atrices?|ateurs?|ations?)$|(?P<simple>ances?|iqUes?|ismes?|ables?|istes?|eux)$|"
    "(?P<logie>logies?)$|(?P<usion>(?:us|ut)ions?)$|(?P<ence>ences?)$|(?P<ite>ités?)$|"
    "(?P<if>ifs?|ives?)$|(?P<euse>euses?)$|(?P<eaux>eaux)$|(?P<aux>aux)$|(?P<ment>ments?)$"
)


# A noun made of a verb: « formation », « soudeur », « recyclage », which Snowball keeps apart from
# it; with how long what stands before must be, to be a verb rather than chance.
NOMS_DE_VERBES = (
    (re.compile("(?<=ifi)c(ations?|ateurs?|atrices?)$"), 3),  # « simplifier »
    (re.compile("(ations?|ateurs?|atrices?)$"), 3),
    (re.compile("(ages?|eur(s|es?)?|euses?)$"), 4),
)
SANS_VERBE = frozenset({"couleur", "couleurs", "sauvage", "sauvages"})
DURS = {"qu": "c", "gu": "g"}  # written otherwise before an e: « fabriquer », « fabrication »
PAS_UN_VERBE = re.compile("ités?$")  # « cité », « qualité »
FAMILLE = "zz"  # ends no stem: a family is met by families alone


def famille(texte):
    """What a verb in -er and the nouns made of it have in common; nothing for other words.

    >>> famille("former"), famille("formation"), famille("forme")
    ('formzz', 'formzz', '')
    """
    if texte in SANS_VERBE or not texte.isalpha():
        return ""
    for suffixe, longueur in NOMS_DE_VERBES:
        if trouve := suffixe.search(texte):
            base = texte[: trouve.start()]
            return _en_famille(base) if len(base) >= longueur else ""
    trouve = None if PAS_UN_VERBE.search(texte) else EN_E.search(texte)
    return _en_famille(texte[: trouve.start()]) if trouve and trouve.start() >= 3 else ""


def _en_famille(base):
    fin = base[-2:]
    return base.removesuffix(fin) + DURS.get(fin, fin) + FAMILLE


class _Mot:
    """A word on its way to its stem, with its three regions (where each begins)."""

    def __init__(self, texte):
        texte = texte.replace("ë", "He").replace("ï", "Hi")
        texte = _U.sub("U", texte)
        texte = _I.sub("I", texte)
        self.texte = _Y.sub("Y", texte)
        self.r1 = self._apres(_APRES_CONSONNE, 0)
        self.r2 = self._apres(_APRES_CONSONNE, self.r1)
        debut = self.texte[:3]
        if debut in ("par", "col", "tap") or all(c in VOYELLES for c in debut[:2]):
            self.rv = min(3, len(self.texte))
        else:
            self.rv = self._apres(_VOYELLE, 1)

    def _apres(self, motif, depart):
        trouve = motif.search(self.texte, depart)
        return trouve.end() if trouve else len(self.texte)

    def finit(self, suffixe, region=0):
        return self.texte.endswith(suffixe) and len(self.texte) - len(suffixe) >= region

    def oter(self, suffixe, region, sinon=None):
        """Without this suffix if it is in the region; else with `sinon` in its place, if given."""
        if not self.texte.endswith(suffixe):
            return False
        if self.finit(suffixe, region):
            self.texte = self.texte.removesuffix(suffixe)
        elif sinon is not None:
            self.texte = self.texte.removesuffix(suffixe) + sinon
        return True

    def changer(self, suffixe, region, par):
        if not self.finit(suffixe, region):
            return False
        self.texte = self.texte.removesuffix(suffixe) + par
        return True


@lru_cache(maxsize=100_000)
def racine(texte):
    """The stem of a word in lower case, accents kept.

    >>> racine("décarbonation"), racine("décarboner"), racine("soudures")
    ('décarbon', 'décarbon', 'soudur')
    """
    if len(texte) < 3 or not texte.isalpha():
        return texte
    mot = _Mot(texte)
    avant = mot.texte
    fait = _standard(mot)
    if not fait:
        fait = _verbe(mot) or mot.texte != avant
    if fait:
        if mot.texte[-1:] in ("Y", "ç"):
            mot.texte = mot.texte[:-1] + {"Y": "i", "ç": "c"}[mot.texte[-1]]
    else:
        _reste(mot)
    if mot.texte.endswith(("enn", "onn", "ett", "ell", "eill")):
        mot.texte = mot.texte[:-1]
    mot.texte = re.sub(f"[éè]({C}+)$", r"e\1", mot.texte)
    return mot.texte.replace("He", "ë").replace("Hi", "ï").replace("H", "").lower()


def _standard(mot):
    """The first step; True when it is enough (an adverb goes on to the verbs)."""
    trouve = SUFFIXES.search(mot.texte)
    if trouve is None:
        return False
    genre, suffixe = trouve.lastgroup, trouve[0]
    return _ETAPES[genre](mot, suffixe)


def _simple(mot, suffixe):
    return mot.finit(suffixe, mot.r2) and mot.oter(suffixe, mot.r2)


def _ation(mot, suffixe):
    if not _simple(mot, suffixe):
        return False
    mot.oter("ic", mot.r2, "iqU")
    return True


def _ement(mot, suffixe):
    if not mot.finit(suffixe, mot.rv):
        return False
    mot.oter(suffixe, mot.rv)
    if mot.finit("iv", mot.r2):
        mot.oter("iv", mot.r2)
        mot.oter("at", mot.r2)
    elif mot.finit("eus"):
        if not mot.changer("eus", mot.r2, ""):
            mot.changer("eus", mot.r1, "eux")
    elif mot.finit("abl") or mot.finit("iqU"):
        mot.oter(mot.texte[-3:], mot.r2)
    elif mot.finit("ièr", mot.rv) or mot.finit("Ièr", mot.rv):
        mot.texte = mot.texte[:-3] + "i"
    return True


def _ite(mot, suffixe):
    if not _simple(mot, suffixe):
        return False
    if not mot.oter("abil", mot.r2, "abl") and not mot.oter("ic", mot.r2, "iqU"):
        mot.oter("iv", mot.r2)
    return True


def _if(mot, suffixe):
    if not _simple(mot, suffixe):
        return False
    if mot.finit("at", mot.r2):
        mot.oter("at", mot.r2)
        mot.oter("ic", mot.r2, "iqU")
    return True


def _issement(mot, suffixe):
    reste = mot.texte.removesuffix(suffixe)
    if len(reste) < mot.r1 or reste[-1:] in VOYELLES:
        return _ement(mot, "ement" + suffixe[8:])
    mot.texte = reste
    return True


def _ment(mot, suffixe):
    reste = mot.texte.removesuffix(suffixe)
    if len(reste) > mot.rv and reste[-1] in VOYELLES:
        mot.texte = reste
    return False  # its verb is looked at next


def _adverbe(mot, suffixe):
    mot.changer(suffixe, mot.rv, {"amment": "ant", "emment": "ent"}[suffixe])
    return False


def _euse(mot, suffixe):
    return mot.changer(suffixe, mot.r2, "") or mot.changer(suffixe, mot.r1, "eux")


_ETAPES = {
    "simple": _simple,
    "ation": _ation,
    "ement": _ement,
    "ite": _ite,
    "if": _if,
    "issement": _issement,
    "ment": _ment,
    "amment": _adverbe,
    "emment": _adverbe,
    "euse": _euse,
    "logie": lambda mot, suffixe: mot.changer(suffixe, mot.r2, "log"),
    "usion": lambda mot, suffixe: mot.changer(suffixe, mot.r2, "u"),
    "ence": lambda mot, suffixe: mot.changer(suffixe, mot.r2, "ent"),
    "eaux": lambda mot, suffixe: mot.changer(suffixe, 0, "eau"),
    "aux": lambda mot, suffixe: mot.changer(suffixe, mot.r1, "al"),
}


def _verbe(mot):
    """The endings of verbs, in the region after the first vowel."""
    debut, fin = mot.texte[: mot.rv], mot.texte[mot.rv :]
    if trouve := EN_I.search(fin):
        mot.texte = debut + fin[: trouve.start()]
        return True
    if mot.finit("ions", mot.rv):
        return mot.oter("ions", mot.r2) if mot.finit("ions", mot.r2) else False
    if trouve := EN_E.search(fin):
        mot.texte = debut + fin[: trouve.start()]
        return True
    if trouve := EN_A.search(fin):
        mot.texte = debut + fin[: trouve.start()].removesuffix("e")
        return True
    return False


def _reste(mot):
    """The last endings, of words that are neither."""
    if mot.texte.endswith("s") and mot.texte[-2:-1] not in tuple("aiouès"):
        mot.texte = mot.texte[:-1]
    if mot.finit("ion", mot.r2) and mot.texte[-4:-3] in ("s", "t") and len(mot.texte) - 4 >= mot.rv:
        mot.texte = mot.texte[:-3]
        return
    for suffixe in ("ière", "Ière", "ier", "Ier"):
        if mot.changer(suffixe, mot.rv, "i"):
            return
    mot.changer("e", mot.rv, "")
