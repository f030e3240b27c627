"""One sheet of an XLSX or ODS workbook as rows of text; a bomb is refused before it opens."""

import datetime
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from echanges.erreurs import FichierRefuse
from echanges.lecture import ods
from echanges.lecture.caracteres import desechapper

TAILLE_DEPLIEE_MAXIMALE = 200 * 1024 * 1024  # bytes
CELLULES_MAXIMALES = 3_000_000  # half a minute of reading; a CSV takes five times less
RAPPORT_MAXIMAL = 200  # unfolded size over packed size; real workbooks stay under 50
MODE_D_EMPLOI = "Mode d’emploi"  # the sheet that explains our own templates
ABIME = "Ce classeur est abîmé : enregistrez-le à nouveau."
PROTEGE = "Ce classeur est protégé par un mot de passe : enregistrez-le sans mot de passe."
TROP_DE_CELLULES = (
    f"Ce classeur a plus de {CELLULES_MAXIMALES // 1_000_000} millions de cellules : "
    "enregistrez-le en CSV, ou partagez-le en plusieurs fichiers."
)
NUL = (
    "Ce classeur contient des caractères nuls : il est abîmé. Exportez-le à nouveau depuis votre "
    "tableur."
)
MORCEAU = 1_048_576  # bytes
APERCU = 20  # rows of a sheet that tell whether it is the one with the table
FUSION = re.compile(rb'<mergeCell ref="[A-Z0-9]+:[A-Z]+(\d+)"')
MASQUEE = re.compile(rb'<row [^>]*hidden="(?:1|true)"')
# A formula whose result is an empty text says so (t="str"); one never computed has no result.
FORMULE_SANS_RESULTAT = re.compile(
    rb'<c (?![^>]*t="str")[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>'
)


@dataclass
class Feuille:
    """`rangees` are (row number, times it repeats, cells); `fusions` the rows of merged cells;
    `masquees` how many rows a filter or a person hid."""

    nom: str
    rangees: list
    feuilles: list
    fusions: list = field(default_factory=list)
    masquees: int = 0

    def lignes(self):
        """(row number, cells as text), one a row."""
        for numero, fois, cellules in self.rangees:
            for decalage in range(fois):
                yield numero + decalage, list(cellules)

    def remarques(self):
        """What the person may not have seen of their own workbook, as sentences."""
        autres = [f"« {nom} »" for nom in self.feuilles if nom not in (self.nom, MODE_D_EMPLOI)]
        if autres:
            yield f"seule la feuille « {self.nom} » est lue ; il y a aussi {', '.join(autres)}."
        if self.masquees:
            une = self.masquees == 1
            accord = "ligne masquée est lue" if une else "lignes masquées sont lues"
            yield f"{self.masquees} {accord} comme les autres."


def lire(contenu, lignes_maximales, colonnes_maximales, choisie="", noter=None):
    """The sheet of this name; without a name, the first of those that `noter` finds best.

    `noter` says how much a row of cells looks like headers; without it, the first sheet that is
    filled. Raises FichierRefuse.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            noms = set(archive.namelist())
            depliee = sum(element.file_size for element in archive.infolist())
            protege = _est_protege(archive, noms)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError) as erreur:
        raise FichierRefuse(ABIME) from erreur
    if depliee > min(TAILLE_DEPLIEE_MAXIMALE, max(RAPPORT_MAXIMAL * len(contenu), 5_000_000)):
        raise FichierRefuse("Ce classeur est démesuré une fois ouvert : il n’est pas lu.")
    if protege:
        raise FichierRefuse(PROTEGE)
    if any(nom.endswith("vbaProject.bin") or nom.startswith("Basic/") for nom in noms):
        raise FichierRefuse("Ce classeur contient des macros : enregistrez-le en .xlsx simple.")
    if any("externalLink" in nom for nom in noms):
        raise FichierRefuse(
            "Ce classeur dépend d’autres classeurs (liaisons externes) : collez ses valeurs dans "
            "un classeur neuf."
        )
    lecteur = _xlsx if "xl/workbook.xml" in noms else _ods if "content.xml" in noms else None
    if lecteur is None:
        raise FichierRefuse(f"Ce fichier n’est pas un tableau : c’est {_nature(noms)}.")
    try:
        return lecteur(contenu, lignes_maximales, colonnes_maximales, choisie, noter)
    except FichierRefuse:
        raise
    except Exception as erreur:  # the readers raise anything on a damaged workbook
        raise FichierRefuse(ABIME) from erreur


def _est_protege(archive, noms):
    """LibreOffice encrypts each part of an ODS, and its manifest says so."""
    manifeste = "META-INF/manifest.xml"
    if manifeste not in noms or archive.getinfo(manifeste).file_size > MORCEAU:
        return False
    return b"encryption-data" in archive.read(manifeste)


def _nature(noms):
    if "xl/workbook.bin" in noms:
        return "un classeur binaire (.xlsb) : enregistrez-le en .xlsx"
    if any(nom.endswith(".iwa") for nom in noms):
        return "un document Numbers : exportez-le en CSV ou en Excel (Fichier, Exporter vers)"
    if any(nom.startswith("word/") for nom in noms):
        return "un document Word : copiez son tableau dans un classeur"
    return "une archive ou un autre document"


def _nommee(noms, choisie, tetes, noter):
    """The sheet chosen, else the one whose first rows, given by `tetes`, look most like headers."""
    if choisie and choisie not in noms:
        connues = ", ".join(noms)
        raise FichierRefuse(
            f"Ce classeur n’a pas de feuille « {choisie} ». Il a celles-ci : {connues}."
        )
    if choisie or len(noms) == 1:
        return choisie or noms[0]
    lues = {nom: [noter(c) if noter else 0 for c in tetes(nom)] for nom in noms}
    # Without any known header, what to say of the file is said of its first sheet that is filled.
    return max(noms, key=lambda nom: (max(lues[nom], default=0), bool(lues[nom])))


def _xlsx(contenu, lignes_maximales, colonnes_maximales, choisie, noter):
    from openpyxl import load_workbook  # heavy, for files that few bring

    classeur = load_workbook(io.BytesIO(contenu), read_only=True, data_only=True, keep_links=False)
    feuilles = {feuille.title: feuille for feuille in classeur.worksheets}

    def rangees(nom, combien):
        lignes = feuilles[nom].iter_rows(
            values_only=True, max_row=combien, max_col=colonnes_maximales + 1
        )
        return (_sans_fin_vide([en_texte(valeur) for valeur in ligne]) for ligne in lignes)

    def tetes(nom):
        # A hidden sheet is read when somebody names it.
        visible = feuilles[nom].sheet_state == "visible"
        return filter(None, rangees(nom, APERCU)) if visible else ()

    nom = _nommee(list(feuilles), choisie, tetes, noter)
    fusions, masquees = _examiner(contenu, feuilles[nom]._worksheet_path.lstrip("/"))
    lues = [(n, 1, c) for n, c in enumerate(rangees(nom, lignes_maximales + APERCU), 1)]
    return Feuille(nom, lues, list(feuilles), fusions, masquees)


def _examiner(contenu, chemin):
    """(last rows of the merged ranges, how many rows are hidden).

    Refuses formulas that were never computed, and more cells than can be read in a while.
    """
    fusions, masquees, cellules, reste = [], 0, 0, b""
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive, archive.open(chemin) as feuille:
        while morceau := feuille.read(MORCEAU):
            texte = reste + morceau
            cellules += morceau.count(b"<c ")
            if cellules > CELLULES_MAXIMALES:
                raise FichierRefuse(TROP_DE_CELLULES)
            if FORMULE_SANS_RESULTAT.search(texte):
                raise FichierRefuse(
                    "Ce classeur contient des formules dont le résultat n’est pas enregistré : "
                    "ouvrez-le dans votre tableur, enregistrez-le, puis envoyez-le à nouveau."
                )
            # What the end of this piece holds is seen again at the head of the next.
            fusions += [int(m[1]) for m in FUSION.finditer(texte)]
            masquees += sum(m.end() > len(reste) for m in MASQUEE.finditer(texte))
            reste = texte[-300:]
    return fusions, masquees


def _sans_fin_vide(cellules):
    while cellules and not cellules[-1]:
        cellules.pop()
    return cellules


def _ods(contenu, lignes_maximales, colonnes_maximales, choisie, noter):
    def tetes(nom):
        lignes = ods.lignes(contenu, nom, colonnes_maximales, en_texte)
        return [rangee.cellules for rangee in islice(lignes, APERCU) if rangee.cellules]

    feuilles = ods.feuilles(contenu)
    nom = _nommee(feuilles, choisie, tetes, noter)
    lues, fusions, masquees, total = [], [], 0, 0
    for rangee in ods.lignes(contenu, nom, colonnes_maximales, en_texte):
        numero, fois, cellules, fusion, masquee = rangee
        masquees += fois if masquee and cellules else 0
        total += len(cellules)
        if total > CELLULES_MAXIMALES:
            raise FichierRefuse(TROP_DE_CELLULES)
        if fusion:
            fusions.append(numero)
        if cellules:  # a sheet ends with a million rows of nothing
            lues.append((numero, fois, cellules))
        if len(lues) > lignes_maximales:
            break
    return Feuille(nom, lues, feuilles, fusions, masquees)


def en_texte(valeur):
    """A cell of a workbook as the same text a CSV would hold."""
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, datetime.datetime):
        return valeur.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(valeur, (datetime.date, datetime.time)):
        return valeur.isoformat()
    if isinstance(valeur, float):
        # A spreadsheet shows fifteen digits: the sixteenth is noise (0.1 + 0.2).
        valeur = Decimal(format(valeur, ".15g"))
    if isinstance(valeur, Decimal):
        return str(int(valeur)) if valeur == int(valeur) else format(valeur, "f")
    texte = desechapper(str(valeur))
    if "\x00" in texte:
        raise FichierRefuse(NUL)
    return texte
