"""From the bytes of a file to its rows, and what was recognised on the way."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice

from echanges.erreurs import FichierRefuse, Remarque
from echanges.lecture import classeurs, decodage
from echanges.textes import sans_accents

TAILLE_MAXIMALE = 60 * 1024 * 1024  # bytes
LIGNES_MAXIMALES = 300_000
COLONNES_MAXIMALES = 1000
LIGNE_MAXIMALE = 2_000_000  # characters: an outline in GeoJSON is long
LIGNES_AVANT_LES_ENTETES = 20  # a title, a date, a blank line
ECHANTILLON = 100_000  # characters
LIGNE_DE_SEPARATEUR = re.compile('\ufeff*"?sep=([;,|\t])"?', re.IGNORECASE)  # written by Excel
COLONNE_DES_ERREURS = "erreur"  # that of the refused rows, sent back corrected
SEPARATEURS = {";": "point-virgule", "\t": "tabulation", ",": "virgule", "|": "barre verticale"}
IMAGES_ET_AUTRES = {
    b"\x89PNG": "une image PNG",
    b"\xff\xd8\xff": "une image JPEG",
    b"GIF8": "une image GIF",
    b"%PDF": "un document PDF",
    b"\xd0\xcf\x11\xe0": "un classeur Excel d’avant 2007 (.xls) ou protégé par un mot de passe : "
    "enregistrez-le en .xlsx sans mot de passe, ou en CSV",
    b"Rar!": "une archive RAR",
    b"7z\xbc\xaf": "une archive 7z",
    b"\x1f\x8b": "un fichier compressé",
    b"SQLite": "une base de données",
    b"BZh": "un fichier compressé",
    b"\xfd7zXZ": "un fichier compressé",
    b"RIFF": "une image ou un son",
    b"II*\x00": "une image TIFF",
    b"MM\x00*": "une image TIFF",
    b"MZ": "un programme",
    b"\x7fELF": "un programme",
    b"PAR1": "un fichier Parquet : exportez-le en CSV",
    b"{\\rtf": "un document RTF",
    b"<!doctype": "une page internet",
    b"<html": "une page internet",
    b"<table": "une page internet",
    b"<?xml": "un document XML",
    b'[{"': "un fichier JSON : exportez-le en CSV",
    b'{"': "un fichier JSON : exportez-le en CSV",
}
CODE_D_ENTETE = re.compile(r"(?=.*[A-Z])[A-Z][A-Z0-9_]{2,}")
BLANCS = b"\xef\xbb\xbf\xff\xfe \r\n\t\x00"


@dataclass(frozen=True)
class Choix:
    """What a person put in place of a guess; empty where the guess stands."""

    encodage: str = ""
    separateur: str = ""
    feuille: str = ""
    dates: str = ""
    nombres: str = ""
    sans: tuple = ()  # numbers of refused rows that the person set aside
    ligne: int = 0  # number of the row of headers
    colonnes: dict = field(default_factory=dict)  # {column of the file: ours, "" to ignore it}
    corrections: dict = field(default_factory=dict)  # {ours: {what is written: meant}}
    reunir: bool = False  # the lists of rows of one key become one


SELON_LE_FICHIER = Choix()
RECONNUS = ("encodage", "separateur", "feuille", "dates", "nombres")  # what is guessed
PREFIXE = re.compile(r"^(?:n ?°|no|n|num\.?|numero|code) (?:de l |de la |du |des |de |d )?(?=\w)")


@dataclass
class Tableau:
    """Headers, and rows as text that are read again each time they are walked through."""

    entetes: list
    brutes: Callable  # () -> iterator of (row number in the file, cells)
    ligne_des_entetes: int
    encodage: str = ""
    separateur: str = ""
    retour: str = ""
    inacheve: bool = False  # no line end closes the last row
    feuille: str = ""
    feuilles: list = field(default_factory=list)
    masquees: frozenset = frozenset()  # ranks of the columns that a workbook hides
    remarques: list = field(default_factory=list)
    styles: list = field(default_factory=list)
    sans: frozenset = frozenset()
    tetes: list = field(default_factory=list)  # the first rows: one of them holds the headers

    @cached_property
    def cles(self):
        """What names each column of the file: its header, with its rank when others bear it too."""
        vus, cles = Counter(), []
        for entete in self.entetes:
            cle = cle_d_entete(entete)
            vus[cle] += 1
            cles.append(cle if vus[cle] == 1 else f"{cle}#{vus[cle]}")
        return cles

    @property
    def lignes(self):
        """(row number, cells) of the rows that hold something, after the headers."""
        nombre = 0
        for numero, cellules in self.brutes():
            if numero <= self.ligne_des_entetes or not any(c.strip() for c in cellules):
                continue
            if numero in self.sans:
                continue
            nombre += 1
            if nombre > LIGNES_MAXIMALES:
                raise FichierRefuse(
                    f"Ce fichier a plus de {LIGNES_MAXIMALES} lignes. Partagez-le en plusieurs."
                )
            yield numero, cellules

    def reconnu(self):
        """What was recognised, in a few words."""
        if self.feuille:
            lu = f"classeur, feuille « {self.feuille} »"
        else:
            separateur = SEPARATEURS[self.separateur]
            lu = f"{self.encodage}, séparateur : {separateur}, fins de ligne {self.retour}"
        ecartees = len(self.sans)
        pluriel = "s" if ecartees > 1 else ""
        sans = [f"{ecartees} ligne{pluriel} refusée{pluriel} écartée{pluriel}"] if ecartees else []
        return ", ".join([lu, *self.styles, *sans])


def lire(contenu, *, connus=(), choix=SELON_LE_FICHIER):
    """Read the bytes of a CSV, XLSX or ODS file into a Tableau.

    `connus` are the headers expected: they settle which separator is the right one, and which row
    holds the headers. Raises FichierRefuse.
    """
    if not contenu[:4096].strip(BLANCS) and not contenu.strip(BLANCS):
        raise FichierRefuse("Ce fichier est vide.")
    if len(contenu) > TAILLE_MAXIMALE:
        refuser_la_taille(len(contenu))
    _refuser_ce_qui_n_est_pas_un_tableau(contenu)
    connus = {cle_d_entete(nom) for nom in connus}
    if contenu.endswith(b"\x1a"):  # how MS-DOS ends a file
        contenu = contenu.rstrip(b"\x1a")
    lecteur = _lire_classeur if contenu.startswith(b"PK") else _lire_csv
    tableau = lecteur(contenu, connus, choix)
    tableau.sans = frozenset(choix.sans)
    return tableau


def refuser_la_taille(octets):
    raise FichierRefuse(
        f"Ce fichier pèse {octets // 1_048_576} Mo ; le maximum est de "
        f"{TAILLE_MAXIMALE // 1_048_576} Mo. Partagez-le en plusieurs fichiers."
    )


def _refuser_ce_qui_n_est_pas_un_tableau(contenu):
    tete = contenu[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for debut, nature in IMAGES_ET_AUTRES.items():
        if contenu.startswith(debut) or (debut[:1] in b"<%[{" and tete.startswith(debut.lower())):
            raise FichierRefuse(f"Ce fichier n’est pas un tableau : c’est {nature}.")
    if contenu[4:8] == b"ftyp":
        raise FichierRefuse("Ce fichier n’est pas un tableau : c’est une photo ou une vidéo.")


def _lire_classeur(contenu, connus, choix):
    def noter(cellules):
        return _reconnus(cellules, connus)

    feuille = classeurs.lire(contenu, LIGNES_MAXIMALES, COLONNES_MAXIMALES, choix.feuille, noter)
    tableau = _tableau(feuille.lignes, connus, choix.ligne)
    tableau.feuille, tableau.feuilles = feuille.nom, feuille.feuilles
    tableau.masquees = frozenset(feuille.colonnes_masquees)
    tableau.remarques += [Remarque(None, phrase) for phrase in feuille.remarques()]
    if fusionnees := [n for n in feuille.fusions if n >= tableau.ligne_des_entetes]:
        raise FichierRefuse(
            f"Cette feuille a des cellules fusionnées (ligne {fusionnees[0]}) : défusionnez-les, "
            "une valeur ne vaudrait que pour la première ligne."
        )
    return tableau


def _lire_csv(contenu, connus, choix):
    codec, encodage, degats = decodage.reconnaitre(contenu, choix.encodage)
    texte = decodage.ouvrir(contenu, codec).read(ECHANTILLON)
    annonce = LIGNE_DE_SEPARATEUR.match(texte)
    separateur = choix.separateur or (annonce and annonce[1]) or _separateur(texte, connus)

    def brutes():
        return _deplier(_lignes_csv(decodage.ouvrir(contenu, codec), separateur), separateur)

    tableau = _tableau(brutes, connus, choix.ligne)
    tableau.encodage, tableau.separateur = encodage, separateur
    tableau.retour = "CRLF" if "\r\n" in texte else "LF" if "\n" in texte else "CR"
    # The second byte of a UTF-16 character is null.
    tableau.inacheve = contenu[-2:].strip(b"\x00")[-1:] not in (b"\n", b"\r")
    if degats:
        ligne, vu = degats
        tableau.remarques.append(
            Remarque(
                ligne,
                f"« {vu} » : des accents ont sans doute été abîmés avant l’envoi. Vérifiez-les "
                "dans l’aperçu.",
            )
        )
    return tableau


@lru_cache(maxsize=4096)
def cle_d_entete(entete):
    """A header as it is compared: letter case, accents, spaces and line breaks do not count.

    Nor do « N° », « Numéro de », « Code » before what they number: « N° SIREN » is « siren ».
    """
    return PREFIXE.sub("", sans_accents(re.sub(r"[\s_’'\ufeff]+", " ", entete).strip()))


def _separateur(texte, connus):
    """The separator under which most headers are known, then that makes most columns."""
    notes = {}
    for separateur in SEPARATEURS:
        lignes = _deplier(_lignes_csv(texte, separateur, tolerant=True), separateur)
        lignes = islice(lignes, LIGNES_AVANT_LES_ENTETES)
        remplies = [cellules for _, cellules in lignes if any(c.strip() for c in cellules)]
        reconnus = max((_reconnus(cellules, connus) for cellules in remplies), default=0)
        notes[separateur] = (reconnus, len(remplies[0]) if remplies else 0)
    return max(notes, key=notes.get)


def _deplier(lignes, separateur):
    """Rows that a spreadsheet put whole between quotes, in one cell, as the rows they were."""
    # In a file of one column, a cell may hold any text: its first row says nothing of columns.
    debut = plusieurs = True
    for numero, cellules in lignes:
        if len(cellules) == 1 and plusieurs and separateur in cellules[0]:
            cellules = _deplie(cellules[0], separateur)
        if debut and "".join(cellules).strip():
            debut, plusieurs = False, len(cellules) > 1
        plusieurs = plusieurs or len(cellules) > 1
        yield numero, cellules


def _deplie(cellule, separateur):
    try:
        (depliees,) = csv.reader(io.StringIO(cellule, newline=""), delimiter=separateur)
    except (csv.Error, ValueError):
        return [cellule]
    return depliees


def _reconnus(cellules, connus):
    return sum(cle_d_entete(c) in connus for c in cellules if len(c) < 200)


def _lignes_csv(texte, separateur, tolerant=False):
    """(number of the row's first line in the file, cells); `texte` is a string or a text file."""
    csv.field_size_limit(LIGNE_MAXIMALE)
    source = io.StringIO(texte, newline="") if isinstance(texte, str) else texte
    lecteur = csv.reader(source, delimiter=separateur, strict=not tolerant)
    debut = 1
    try:
        for cellules in lecteur:
            if sum(map(len, cellules)) > LIGNE_MAXIMALE:
                raise csv.Error("field larger")
            yield debut, cellules
            debut = lecteur.line_num + 1
    except csv.Error as erreur:
        if not tolerant:
            raise FichierRefuse(f"La ligne {debut} ne se lit pas : {_conseil(erreur)}.") from erreur


def _conseil(erreur):
    if "field larger" in str(erreur):
        return "une cellule est démesurée, ou un guillemet n’est pas refermé"
    if "expected after" in str(erreur):
        return 'un guillemet au milieu d’une cellule doit être doublé, comme dans « "" »'
    return "un guillemet ouvert n’est sans doute pas refermé"


def _tableau(brutes, connus, choisie=0):
    """Find the headers: the row chosen, else the one that looks most like them.

    What stands above (a title, a date) is passed over, and said.
    """
    premieres = [
        (numero, cellules)
        for numero, cellules in islice(brutes(), LIGNES_AVANT_LES_ENTETES)
        if any(c.strip() for c in cellules)
    ]
    if not premieres:
        raise FichierRefuse("Ce fichier n’a pas de ligne d’en-têtes.")
    numero, cellules = _entetes_choisis(premieres, choisie) or _entetes_devines(premieres, connus)
    tableau = Tableau(_entetes(cellules), brutes, numero, tetes=premieres)
    titres = [n for n, c in premieres if n < numero and not _annonce_le_separateur(c)]
    if titres:
        tableau.remarques.append(
            Remarque(
                titres[0], f"texte au-dessus des en-têtes (ligne {numero}), qui n’est pas importé."
            )
        )
    return tableau


def _entetes_choisis(premieres, choisie):
    if not choisie:
        return None
    for ligne in premieres:
        if ligne[0] == choisie:
            return ligne
    derniere = premieres[-1][0]
    if choisie > derniere and len(premieres) < LIGNES_AVANT_LES_ENTETES:
        raise FichierRefuse(
            f"La ligne {choisie} est au-delà de la fin du fichier, qui s’arrête ligne {derniere} : "
            "choisissez une autre ligne d’en-têtes."
        )
    raise FichierRefuse(
        f"La ligne {choisie} ne peut pas porter les en-têtes : choisissez une ligne remplie parmi "
        f"les {LIGNES_AVANT_LES_ENTETES} premières."
    )


def _entetes_devines(premieres, connus):
    """The row that names most columns; of two, the lower: codes stand under labels.

    When none is known, the first row as wide as the table, or the row of codes under it.
    """
    notes = [_ressemblance(cellules, connus) for _, cellules in premieres]
    if meilleure := max(notes):
        return premieres[_sous_ses_egales(notes, notes.index(meilleure))]
    largeurs = [sum(bool(c.strip()) for c in cellules) for _, cellules in premieres]
    rang = next(r for r, n in enumerate(largeurs) if n > 0.7 * max(largeurs))
    suivante = premieres[rang + 1][1] if rang + 1 < len(premieres) else []
    return premieres[rang + 1 if _sont_des_codes(suivante, largeurs[rang]) else rang]


def _sous_ses_egales(notes, rang):
    while rang + 1 < len(notes) and notes[rang + 1] == notes[rang]:
        rang += 1
    return rang


def _sont_des_codes(cellules, largeur):
    """Names of columns for machines, such as CODGEO or P18_POP; no value looks so, all along."""
    remplies = [c.strip() for c in cellules if c.strip()]
    return len(remplies) >= max(2, 0.8 * largeur) and all(map(CODE_D_ENTETE.fullmatch, remplies))


def _ressemblance(cellules, connus):
    """How many known headers this row holds; a lone one among many cells is chance."""
    reconnus = _reconnus(cellules, connus)
    moitie = 2 * reconnus >= sum(bool(c.strip()) for c in cellules)
    return reconnus if moitie or reconnus > 1 else 0


def _annonce_le_separateur(cellules):
    return cellules[0].strip('\ufeff" ').casefold().startswith("sep=")


def sans_nom(tableau):
    """[(rank, row number, text)] of the columns without header that hold something."""
    rangs = {rang for rang, entete in enumerate(tableau.entetes) if not entete}
    trouvees = []
    for numero, cellules in tableau.lignes if rangs else ():
        for rang in sorted(rangs):
            if rang < len(cellules) and cellules[rang].strip():
                trouvees.append((rang, numero, cellules[rang].strip()[:80]))
                rangs.discard(rang)
        if not rangs:
            break
    return trouvees


def _entetes(cellules):
    entetes = [re.sub(r"[\s\ufeff]+", " ", cellule).strip() for cellule in cellules]
    while entetes and not entetes[-1]:
        entetes.pop()
    if len(entetes) > COLONNES_MAXIMALES:
        raise FichierRefuse(
            f"Ce fichier a {len(entetes)} colonnes ; le maximum est de {COLONNES_MAXIMALES}."
        )
    return entetes
