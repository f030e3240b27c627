"""One sheet of an XLSX or ODS workbook as rows of text; a bomb is refused before it opens."""

import datetime
import io
import re
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal

from echanges import ods
from echanges.caracteres import desechapper
from echanges.erreurs import FichierRefuse

TAILLE_DEPLIEE_MAXIMALE = 200 * 1024 * 1024  # bytes
RAPPORT_MAXIMAL = 200  # unfolded size over packed size; real workbooks stay under 50
ABIME = "Ce classeur est abîmé : enregistrez-le à nouveau."
MORCEAU = 1_048_576  # bytes
FUSION = re.compile(rb'<mergeCell ref="[A-Z0-9]+:[A-Z]+(\d+)"')
# A formula whose result is an empty text says so (t="str"); one never computed has no result.
FORMULE_SANS_RESULTAT = re.compile(
    rb'<c (?![^>]*t="str")[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>'
)


@dataclass
class Feuille:
    """`rangees` are (row number, times it repeats, cells); `fusions` the rows of merged cells."""

    nom: str
    rangees: list
    feuilles: list
    fusions: list = field(default_factory=list)

    def lignes(self):
        """(row number, cells as text), one a row."""
        for numero, fois, cellules in self.rangees:
            for decalage in range(fois):
                yield numero + decalage, list(cellules)


def lire(contenu, lignes_maximales, colonnes_maximales, choisie=""):
    """The sheet of this name, the first one without a name. Raises FichierRefuse."""
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            noms = set(archive.namelist())
            depliee = sum(element.file_size for element in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as erreur:
        raise FichierRefuse(ABIME) from erreur
    if depliee > min(TAILLE_DEPLIEE_MAXIMALE, max(RAPPORT_MAXIMAL * len(contenu), 5_000_000)):
        raise FichierRefuse("Ce classeur est démesuré une fois ouvert : il n’est pas lu.")
    if any(nom.endswith("vbaProject.bin") or nom.startswith("Basic/") for nom in noms):
        raise FichierRefuse("Ce classeur contient des macros : enregistrez-le en .xlsx simple.")
    if any("externalLink" in nom for nom in noms):
        raise FichierRefuse(
            "Ce classeur dépend d’autres classeurs (liaisons externes) : collez ses valeurs dans "
            "un classeur neuf."
        )
    lecteur = _xlsx if "xl/workbook.xml" in noms else _ods if "content.xml" in noms else None
    if lecteur is None:
        raise FichierRefuse(
            "Ce fichier n’est pas un tableau : c’est une archive ou un autre document."
        )
    try:
        return lecteur(contenu, lignes_maximales, colonnes_maximales, choisie)
    except FichierRefuse:
        raise
    except Exception as erreur:  # the readers raise anything on a damaged workbook
        raise FichierRefuse(ABIME) from erreur


def _nommee(noms, choisie):
    if choisie and choisie not in noms:
        connues = ", ".join(noms)
        raise FichierRefuse(
            f"Ce classeur n’a pas de feuille « {choisie} ». Il a celles-ci : {connues}."
        )
    return choisie or noms[0]


def _xlsx(contenu, lignes_maximales, colonnes_maximales, choisie):
    from openpyxl import load_workbook

    classeur = load_workbook(io.BytesIO(contenu), read_only=True, data_only=True, keep_links=False)
    feuilles = {feuille.title: feuille for feuille in classeur.worksheets}
    nom = _nommee(list(feuilles), choisie)
    fusions = _examiner(contenu, feuilles[nom]._worksheet_path.lstrip("/"))
    lignes = feuilles[nom].iter_rows(
        values_only=True, max_row=lignes_maximales + 20, max_col=colonnes_maximales + 1
    )
    lues = [
        (numero, 1, _sans_fin_vide([en_texte(valeur) for valeur in ligne]))
        for numero, ligne in enumerate(lignes, 1)
    ]
    return Feuille(nom, lues, list(feuilles), fusions)


def _examiner(contenu, chemin):
    """Last rows of the merged ranges. Refuses formulas that were never computed."""
    fusions, reste = [], b""
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive, archive.open(chemin) as feuille:
        while morceau := feuille.read(MORCEAU):
            texte = reste + morceau
            if FORMULE_SANS_RESULTAT.search(texte):
                raise FichierRefuse(
                    "Ce classeur contient des formules dont le résultat n’est pas enregistré : "
                    "ouvrez-le dans votre tableur, enregistrez-le, puis envoyez-le à nouveau."
                )
            fusions += [
                int(m[1]) for m in re.finditer(rb'<mergeCell ref="[A-Z0-9]+:[A-Z]+(\d+)"', texte)
            ]
            reste = texte[-100:]
    return fusions


def _sans_fin_vide(cellules):
    while cellules and not cellules[-1]:
        cellules.pop()
    return cellules


def _ods(contenu, lignes_maximales, colonnes_maximales, choisie):
    feuilles = ods.feuilles(contenu)
    nom = _nommee(feuilles, choisie)
    lues, fusions = [], []
    for numero, fois, cellules, fusion in ods.lignes(contenu, nom, colonnes_maximales, en_texte):
        if fusion:
            fusions.append(numero)
        if cellules:  # a sheet ends with a million rows of nothing
            lues.append((numero, fois, cellules))
        if len(lues) > lignes_maximales:
            break
    return Feuille(nom, lues, feuilles, fusions)


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
    return desechapper(str(valeur))
