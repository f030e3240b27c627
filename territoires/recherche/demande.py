"""What somebody typed, read as words, codes and their likes."""

import re
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from territoires.recherche.models import MotConnu
from territoires.recherche.mots import MOT, VIDES, formes

LONGUEUR = 100  # beyond any sensible search
CODE = re.compile(r"\d{5}|2[ab]\d{3}", re.I)
# Half of all postcodes are the Insee's code of some other commune: that one is named as such.
INSEE = re.compile(r"\b(?:code\s+)?insee\s*:?\s*(\d[\dab]\d{3})\b", re.I)
CEDEX = re.compile(r"\bcedex\b(\s+\d{1,2}\b)?", re.I)
CHIFFRES = re.compile(r"\d[\d\s]*")
NOMBRE_DE_PROCHES = 3
_mots = {"empreinte": None, "liste": [], "ensemble": frozenset()}


def cle_insee(code):
    """The key under which a place is found by its code of the Insee."""
    return f"insee{code}".lower()


@dataclass(frozen=True)
class Terme:
    """A word to find: whole, by its stems, as a beginning too where `debut`; or one of `proches`,
    known words that it may have been meant for."""

    cle: str
    racines: tuple = ()
    debut: bool = False
    proches: tuple = ()


@dataclass
class Demande:
    """`cle` is all of it as a search key; `cles` adds what it may have been meant for."""

    texte: str
    termes: list = field(default_factory=list)

    @property
    def cle(self):
        return " ".join(terme.cle for terme in self.termes)

    @property
    def voulue(self):
        """The same key, each unknown word as it was probably meant."""
        return " ".join(t.proches[0] if t.proches else t.cle for t in self.termes)

    @property
    def cles(self):
        return sorted({self.cle, self.voulue})

    @property
    def utiles(self):
        """The words without those that stand everywhere, unless there are no others."""
        return [t for t in self.termes if t.cle not in VIDES] or self.termes

    @property
    def corrigee(self):
        """What it was probably meant to be; nothing when every word is known."""
        return self.voulue if any(terme.proches for terme in self.termes) else ""

    @property
    def par_code(self):
        """Looked for by the code of the Insee that it is; None when it is no code."""
        if len(self.termes) == 1 and CODE.fullmatch(self.cle):
            return Demande(self.texte, [Terme(cle_insee(self.cle))])
        return None

    @property
    def est_un_code(self):
        """Of the Insee, and nothing besides."""
        return len(self.termes) == 1 and self.cle.startswith("insee") and self.cle[5:6].isdigit()

    def sans_codes(self):
        """Without its postcodes, where it has words besides: « 64013 Pau cedex » is Pau."""
        mots = [terme for terme in self.termes if not CODE.fullmatch(terme.cle)]
        return Demande(self.texte, mots) if mots and mots != self.termes else None

    def en_debuts(self):
        """Each word taken as a beginning."""
        return Demande(self.texte, [_terme(t.cle, t.racines, debut=True) for t in self.termes])

    def avec_proches(self, empreinte):
        """Each unknown word with those that it looks like; None when there is none."""
        termes = [_rapproche(terme, empreinte) for terme in self.termes]
        corrigee = Demande(self.texte, termes)
        return corrigee if corrigee.corrigee else None


def lire(texte):
    """What was typed, in at most `LONGUEUR` signs; the last word may not be finished."""
    texte = texte.replace("\x00", "").strip()[:LONGUEUR]
    dite = CEDEX.sub(" ", texte).strip() or texte
    dite = INSEE.sub(lambda lu: cle_insee(lu[1]), dite)
    if CHIFFRES.fullmatch(dite):
        dite = "".join(dite.split())  # « 64 000 », « 200 093 201 »
    trouves = [formes(mot) for mot in MOT.findall(dite)]
    trouves = [(cle, racines) for cle, racines in trouves if cle]
    fin = len(trouves) - 1
    return Demande(texte, [_terme(*mot, debut=rang == fin) for rang, mot in enumerate(trouves)])


def _terme(cle, racines, debut):
    """A number is itself: never the beginning of a longer one."""
    return Terme(cle, racines, debut=debut and len(cle) > 1 and not cle[0].isdecimal())


def _rapproche(terme, empreinte):
    liste, ensemble = _mots_connus(empreinte)
    mot = terme.cle
    if len(mot) < 3 or not mot.isalpha() or mot in ensemble:
        return terme
    permis = 1 if len(mot) < 8 else 2
    trouves = extract(mot, liste, scorer=OSA.distance, score_cutoff=permis, limit=20)
    if len(mot) == 3:  # so short, many words are near: those that begin as it does
        trouves = [trouve for trouve in trouves if trouve[0][0] == mot[0]]
    if not trouves:
        return terme
    ordre = sorted(trouves, key=lambda t: (t[1], t[0][0] != mot[0], -len(t[0]), t[0]))
    proches = [nom for nom, distance, _ in ordre if distance == ordre[0][1]]
    return Terme(mot, terme.racines, terme.debut, tuple(proches[:NOMBRE_DE_PROCHES]))


def _mots_connus(empreinte):
    """The words of the index, read again when its stamp changes."""
    if _mots["empreinte"] != empreinte:
        liste = list(MotConnu.objects.values_list("mot", flat=True))
        _mots.update(empreinte=empreinte, liste=liste, ensemble=frozenset(liste))
    return _mots["liste"], _mots["ensemble"]
