"""One sheet of an XLSX or ODS workbook as rows of text; a bomb is refused before it opens."""

import datetime
import io
import zipfile
import zlib
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from echanges.erreurs import FichierRefuse
from echanges.lecture.caracteres import desechapper
from echanges.lecture.examens import (
    MORCEAU,
    blancs_en_clair,
    chemins_xlsx,
    examiner_ods,
    examiner_xlsx,
)

TAILLE_DEPLIEE_MAXIMALE = 200 * 1024 * 1024  # bytes
RAPPORT_MAXIMAL = 200  # unfolded size over packed size; real workbooks stay under 50
MODE_D_EMPLOI = "Mode d’emploi"  # the sheet that explains our own templates
ABIME = "Ce classeur est abîmé : enregistrez-le à nouveau."
PROTEGE = "Ce classeur est protégé par un mot de passe : enregistrez-le sans mot de passe."
NUL = (
    "Ce classeur contient des caractères nuls : il est abîmé. Exportez-le à nouveau depuis votre "
    "tableur."
)
ENTIER_SUR = 10**15  # beyond, a spreadsheet no longer holds every digit
APERCU = 20  # rows of a sheet that tell whether it is the one with the table


@dataclass
class Feuille:
    """`rangees` are (row number, cells); `fusions` the rows of merged cells; `masquees` how many
    rows a filter or a person hid, `colonnes_masquees` the ranks of the columns, `cachees` the names
    of the sheets."""

    nom: str
    rangees: list
    feuilles: list
    fusions: list = field(default_factory=list)
    masquees: int = 0
    colonnes_masquees: set = field(default_factory=set)
    cachees: set = field(default_factory=set)

    def lignes(self):
        """(row number, cells as text), one a row."""
        for numero, cellules in self.rangees:
            yield numero, list(cellules)

    def remarques(self):
        """What the person may not have seen of their own workbook, as sentences."""
        autres = [self._dite(n) for n in self.feuilles if n not in (self.nom, MODE_D_EMPLOI)]
        if autres:
            yield f"seule la feuille « {self.nom} » est lue ; il y a aussi {', '.join(autres)}."
        if self.masquees:
            une = self.masquees == 1
            accord = "ligne masquée est lue" if une else "lignes masquées sont lues"
            yield f"{self.masquees} {accord} comme les autres."

    def _dite(self, nom):
        return f"« {nom} », masquée" if nom in self.cachees else f"« {nom} »"


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
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        chemins = chemins_xlsx(archive)
        livre = CalamineWorkbook.from_filelike(io.BytesIO(contenu))
        tables = [m for m in livre.sheets_metadata if m.typ is SheetTypeEnum.WorkSheet]
        noms = [meta.name for meta in tables]
        # A hidden sheet is read when somebody names it.
        cachees = _cachees(tables)
        examens = {}

        def examiner(nom):
            if nom not in examens:
                examens[nom] = examiner_xlsx(archive, chemins[nom])
            return examens[nom]

        def tetes(nom):
            if nom in cachees or not examiner(nom).lisible:
                return []
            lignes = islice(livre.get_sheet_by_name(nom).iter_rows(), APERCU)
            return [c for ligne in lignes if (c := _cellules(ligne, colonnes_maximales, _tel_quel))]

        nom = _nommee(noms, choisie, tetes, noter)
        examiner(nom).refuser()
    lues = _rangees(livre, nom, examens[nom], (lignes_maximales, colonnes_maximales), _tel_quel)
    return _feuille(nom, lues, noms, examens[nom], cachees)


def _ods(contenu, lignes_maximales, colonnes_maximales, choisie, noter):
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        examens = examiner_ods(archive)
    if not all(examen.lisible for examen in examens.values()):  # they open all together
        for examen in examens.values():
            examen.refuser()
    if any(examen.blancs for examen in examens.values()):
        contenu = blancs_en_clair(contenu)
    livre = CalamineWorkbook.from_filelike(io.BytesIO(contenu))

    cachees = _cachees(livre.sheets_metadata)

    def tetes(nom):
        if nom in cachees:
            return []
        lignes = islice(livre.get_sheet_by_name(nom).iter_rows(), APERCU)
        return [c for ligne in lignes if (c := _cellules(ligne, colonnes_maximales, desechapper))]

    nom = _nommee(livre.sheet_names, choisie, tetes, noter)
    examen = dict(zip(livre.sheet_names, examens.values(), strict=True))[nom]
    lues = _rangees(livre, nom, examen, (lignes_maximales, colonnes_maximales), desechapper)
    return _feuille(nom, lues, livre.sheet_names, examen, cachees)


def _cachees(tables):
    return {meta.name for meta in tables if meta.visible is not SheetVisibleEnum.Visible}


def _feuille(nom, lues, noms, examen, cachees):
    masquees = examen.colonnes_masquees
    return Feuille(nom, lues, noms, examen.fusions, examen.masquees, masquees, cachees)


def _rangees(livre, nom, examen, maximums, texte):
    """[(row number, cells as text)] of the rows that hold something."""
    lignes_maximales, colonnes_maximales = maximums
    fautives = {ligne for ligne, _ in examen.erreurs}
    lues = []
    for rang, ligne in enumerate(livre.get_sheet_by_name(nom).iter_rows()):
        if rang in fautives:
            ligne = [examen.erreurs.get((rang, c), v) for c, v in enumerate(ligne)]
        if cellules := _cellules(ligne, colonnes_maximales, texte):
            lues.append((rang + 1, cellules))
            if len(lues) > lignes_maximales + APERCU:
                break
    return lues


def _cellules(ligne, colonnes_maximales, texte):
    cellules = [
        (texte(v) if v else "") if type(v) is str else en_texte(v)
        for v in ligne[: colonnes_maximales + 1]
    ]
    while cellules and not cellules[-1]:
        cellules.pop()
    return cellules


def _tel_quel(texte):
    """Texts of an XLSX come with their escapes undone."""
    if "\x00" in texte:
        raise FichierRefuse(NUL)
    return texte


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
    if isinstance(valeur, datetime.timedelta):
        return _duree(valeur)
    if isinstance(valeur, float) and valeur.is_integer() and abs(valeur) < ENTIER_SUR:
        return str(int(valeur))
    # A spreadsheet shows fifteen digits: the sixteenth is noise (0.1 + 0.2).
    nombre = Decimal(format(valeur, ".15g"))
    return str(int(nombre)) if nombre == int(nombre) else format(nombre, "f")


def _duree(duree):
    """Hours, beyond twenty-four too, as a spreadsheet shows them."""
    minutes, secondes = divmod(round(duree.total_seconds()), 60)
    heures, minutes = divmod(minutes, 60)
    return f"{heures:02d}:{minutes:02d}:{secondes:02d}"
