"""From the bytes of a file to its rows, and what was recognised on the way."""

import codecs
import csv
import io
import re
import unicodedata
from dataclasses import dataclass

from echanges import classeurs
from echanges.erreurs import FichierRefuse

TAILLE_MAXIMALE = 60 * 1024 * 1024  # bytes
LIGNES_MAXIMALES = 300_000
COLONNES_MAXIMALES = 200
CELLULE_MAXIMALE = 5_000_000  # characters: an outline in GeoJSON is long
LIGNES_VIDES_EN_TETE = 10
SEPARATEURS = {";": "point-virgule", "\t": "tabulation", ",": "virgule"}
IMAGES_ET_AUTRES = {
    b"\x89PNG": "une image PNG",
    b"\xff\xd8\xff": "une image JPEG",
    b"GIF8": "une image GIF",
    b"%PDF": "un document PDF",
    b"\xd0\xcf\x11\xe0": "un classeur Excel d’avant 2007 (.xls) : enregistrez-le en .xlsx ou CSV",
    b"Rar!": "une archive RAR",
    b"\x1f\x8b": "un fichier compressé",
    b"SQLite": "une base de données",
}
UTF8_LU_EN_WINDOWS = re.compile("Ã[\u0080-\u00bf©¨ª«´®¯°±§]|â€[™œ“”¦]")


@dataclass
class Tableau:
    """Headers and rows as text; `lignes` are (row number in the file, cells)."""

    entetes: list
    lignes: list
    encodage: str = ""
    separateur: str = ""
    retour: str = ""
    feuille: str = ""

    def reconnu(self):
        """What was recognised, in a few words."""
        if self.feuille:
            return f"classeur, feuille « {self.feuille} »"
        separateur = SEPARATEURS[self.separateur]
        return f"{self.encodage}, séparateur : {separateur}, fins de ligne {self.retour}"


def lire(contenu, *, connus=()):
    """Read the bytes of a CSV, XLSX or ODS file into a Tableau.

    `connus` are the headers expected: they settle which separator is the right one.
    Raises FichierRefuse.
    """
    if not contenu.strip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00"):
        raise FichierRefuse("Ce fichier est vide.")
    if len(contenu) > TAILLE_MAXIMALE:
        raise FichierRefuse(
            f"Ce fichier pèse {len(contenu) // 1_048_576} Mo ; le maximum est de "
            f"{TAILLE_MAXIMALE // 1_048_576} Mo. Partagez-le en plusieurs fichiers."
        )
    for debut, nature in IMAGES_ET_AUTRES.items():
        if contenu.startswith(debut):
            raise FichierRefuse(f"Ce fichier n’est pas un tableau : c’est {nature}.")
    if contenu.startswith(b"PK"):
        feuille, brutes = classeurs.lire(contenu, LIGNES_MAXIMALES, COLONNES_MAXIMALES)
        tableau = _tableau(brutes)
        tableau.feuille = feuille
        return tableau
    return _lire_csv(contenu, connus)


def _lire_csv(contenu, connus):
    texte, encodage = decoder(contenu)
    if "\x00" in texte:
        raise FichierRefuse(
            "Ce fichier contient des caractères nuls : ce n’est pas un tableau, ou il est abîmé. "
            "Exportez-le à nouveau depuis votre tableur."
        )
    separateur = _separateur(texte, connus)
    tableau = _tableau(_lignes_csv(texte, separateur))
    tableau.encodage, tableau.separateur = encodage, separateur
    tableau.retour = "CRLF" if "\r\n" in texte else "LF" if "\n" in texte else "CR"
    return tableau


def decoder(contenu):
    """The text of these bytes and the name of its encoding."""
    for marque, encodage, nom in (
        (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 avec BOM"),
        (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    ):
        if contenu.startswith(marque):
            return _decoder_strictement(contenu, encodage, nom), nom
    echantillon = contenu[:2000]
    pairs, impairs = echantillon[::2].count(0), echantillon[1::2].count(0)
    if max(pairs, impairs) > len(echantillon) // 6 and min(pairs, impairs) == 0:
        encodage = "utf-16-be" if pairs else "utf-16-le"
        return _decoder_strictement(contenu, encodage, "UTF-16"), "UTF-16"
    try:
        return contenu.decode(), "UTF-8"
    except UnicodeDecodeError:
        texte = _decoder_strictement(contenu, "cp1252", "Windows-1252")
    if UTF8_LU_EN_WINDOWS.search(texte):
        ligne = texte[: UTF8_LU_EN_WINDOWS.search(texte).start()].count("\n") + 1
        raise FichierRefuse(
            f"Ce fichier mélange deux encodages (UTF-8 et Windows-1252), par exemple ligne {ligne}."
            " Enregistrez-le à nouveau en « CSV UTF-8 »."
        )
    return texte, "Windows-1252"


def _decoder_strictement(contenu, encodage, nom):
    try:
        return contenu.decode(encodage)
    except UnicodeDecodeError as erreur:
        ligne = contenu[: erreur.start].count(b"\n") + 1
        raise FichierRefuse(
            f"Ce fichier paraît être en {nom}, mais la ligne {ligne} ne se lit pas. "
            "Enregistrez-le à nouveau en « CSV UTF-8 » depuis votre tableur."
        ) from erreur


def cle_d_entete(entete):
    """A header as it is compared: letter case, accents, spaces and line breaks do not count."""
    return sans_accents(re.sub(r"[\s_’']+", " ", entete).strip())


def sans_accents(texte):
    texte = unicodedata.normalize("NFKD", texte)
    texte = "".join(c for c in texte if not unicodedata.combining(c))
    return texte.replace("’", "'").casefold()


def _separateur(texte, connus):
    """The separator under which most headers are known, then that makes most columns."""
    connus = {cle_d_entete(nom) for nom in connus}
    notes = {}
    for separateur in SEPARATEURS:
        premiere = []
        for _, premiere in _lignes_csv(texte[:100_000], separateur, tolerant=True):
            if any(cellule.strip() for cellule in premiere):
                break
        reconnus = sum(cle_d_entete(cellule) in connus for cellule in premiere)
        notes[separateur] = (reconnus, len(premiere))
    return max(notes, key=notes.get)


def _lignes_csv(texte, separateur, tolerant=False):
    csv.field_size_limit(CELLULE_MAXIMALE)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur, strict=not tolerant)
    debut = 1
    try:
        for cellules in lecteur:
            yield debut, cellules
            debut = lecteur.line_num + 1
    except csv.Error as erreur:
        if tolerant:
            return
        conseil = "un guillemet ouvert n’est sans doute pas refermé"
        if "field larger" in str(erreur):
            conseil = "une cellule est démesurée, ou un guillemet n’est pas refermé"
        raise FichierRefuse(f"La ligne {debut} ne se lit pas : {conseil}.") from erreur


def _tableau(brutes):
    """Headers and rows, without blank rows nor the empty columns that spreadsheets leave."""
    entetes, lignes = None, []
    for numero, cellules in brutes:
        if not any(cellule.strip() for cellule in cellules):
            if entetes is None and numero > LIGNES_VIDES_EN_TETE:
                break
            continue
        if entetes is None:
            entetes = _entetes(cellules)
            continue
        lignes.append((numero, cellules))
        if len(lignes) > LIGNES_MAXIMALES:
            raise FichierRefuse(
                f"Ce fichier a plus de {LIGNES_MAXIMALES} lignes. Partagez-le en plusieurs."
            )
    if entetes is None:
        raise FichierRefuse("Ce fichier n’a pas de ligne d’en-têtes.")
    return Tableau(entetes, lignes)


def _entetes(cellules):
    entetes = [re.sub(r"\s+", " ", cellule).strip() for cellule in cellules]
    while entetes and not entetes[-1]:
        entetes.pop()
    if len(entetes) > COLONNES_MAXIMALES:
        raise FichierRefuse(
            f"Ce fichier a {len(entetes)} colonnes ; le maximum est de {COLONNES_MAXIMALES}."
        )
    vus = set()
    for rang, entete in enumerate(entetes, 1):
        if not entete:
            raise FichierRefuse(f"La colonne {rang} n’a pas d’en-tête.")
        cle = cle_d_entete(entete)
        if cle in vus:
            raise FichierRefuse(f"Deux colonnes portent le même en-tête : « {entete} ».")
        vus.add(cle)
    return entetes
