"""First sheet of an XLSX or ODS workbook as rows of text; a bomb is refused before it opens."""

import datetime
import io
import zipfile
from decimal import Decimal

from echanges.erreurs import FichierRefuse

TAILLE_DEPLIEE_MAXIMALE = 300 * 1024 * 1024  # bytes
RAPPORT_MAXIMAL = 200  # unfolded size over packed size; real workbooks stay under 50


def lire(contenu, lignes_maximales, colonnes_maximales):
    """(name of the sheet, iterator of (row number, cells as text)). Raises FichierRefuse."""
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            noms = set(archive.namelist())
            depliee = sum(element.file_size for element in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as erreur:
        raise FichierRefuse("Ce classeur est abîmé : enregistrez-le à nouveau.") from erreur
    if depliee > min(TAILLE_DEPLIEE_MAXIMALE, max(RAPPORT_MAXIMAL * len(contenu), 5_000_000)):
        raise FichierRefuse("Ce classeur est démesuré une fois ouvert : il n’est pas lu.")
    if any(nom.endswith("vbaProject.bin") for nom in noms):
        raise FichierRefuse("Ce classeur contient des macros : enregistrez-le en .xlsx simple.")
    if any("externalLink" in nom for nom in noms):
        raise FichierRefuse(
            "Ce classeur dépend d’autres classeurs (liaisons externes) : collez ses valeurs dans "
            "un classeur neuf."
        )
    try:
        if "xl/workbook.xml" in noms:
            return _xlsx(contenu, lignes_maximales, colonnes_maximales)
        if "content.xml" in noms:
            return _ods(contenu, lignes_maximales, colonnes_maximales)
    except FichierRefuse:
        raise
    except Exception as erreur:  # the readers raise anything on a damaged workbook
        raise FichierRefuse("Ce classeur est abîmé : enregistrez-le à nouveau.") from erreur
    raise FichierRefuse("Ce fichier n’est pas un tableau : c’est une archive ou un autre document.")


def _xlsx(contenu, lignes_maximales, colonnes_maximales):
    from openpyxl import load_workbook

    classeur = load_workbook(io.BytesIO(contenu), read_only=True, data_only=True, keep_links=False)
    feuille = classeur.worksheets[0]
    lignes = feuille.iter_rows(
        values_only=True, max_row=lignes_maximales + 20, max_col=colonnes_maximales + 1
    )
    return feuille.title, [
        (numero, _sans_fin_vide([en_texte(valeur) for valeur in ligne]))
        for numero, ligne in enumerate(lignes, 1)
    ]


def _sans_fin_vide(cellules):
    while cellules and not cellules[-1]:
        cellules.pop()
    return cellules


def _ods(contenu, lignes_maximales, colonnes_maximales):
    from odf.opendocument import load
    from odf.table import CoveredTableCell, Table, TableCell, TableRow

    feuille = load(io.BytesIO(contenu)).spreadsheet.getElementsByType(Table)[0]
    lignes, numero = [], 0
    for rangee in feuille.getElementsByType(TableRow):
        cellules = []
        for cellule in rangee.childNodes:
            if cellule.qname not in (TableCell().qname, CoveredTableCell().qname):
                continue
            fois = int(cellule.getAttribute("numbercolumnsrepeated") or 1)
            cellules += [_cellule_ods(cellule)] * min(fois, colonnes_maximales + 1 - len(cellules))
        for _ in range(min(int(rangee.getAttribute("numberrowsrepeated") or 1), 50)):
            numero += 1
            lignes.append((numero, cellules))
        if numero > lignes_maximales + 20:
            break
    return feuille.getAttribute("name"), lignes


def _cellule_ods(cellule):
    from odf import teletype
    from odf.text import P

    if cellule.getAttribute("valuetype") in ("float", "percentage", "currency"):
        return en_texte(Decimal(cellule.getAttribute("value")))
    if cellule.getAttribute("valuetype") == "date":
        return cellule.getAttribute("datevalue").removesuffix("T00:00:00")
    return "\n".join(teletype.extractText(p) for p in cellule.getElementsByType(P))


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
    if isinstance(valeur, (float, Decimal)):
        return str(int(valeur)) if valeur == int(valeur) else format(Decimal(str(valeur)), "f")
    return str(valeur)
