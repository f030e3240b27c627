"""What the quick reader of workbooks does not tell, seen in their XML before it opens them.

Merged rows, hidden rows and columns, errors of formulas, formulas never computed or of another
workbook, and how much there is to read: a cell at the far end of a sheet would make millions of
empty ones.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from defusedxml.ElementTree import fromstring

from echanges.erreurs import FichierRefuse

MORCEAU = 1_048_576  # bytes
CELLULES_MAXIMALES = 3_000_000  # as many as can be held and judged in a while
LARGEUR_MAXIMALE = 16_384  # columns of a sheet
ETENDUE_MAXIMALE = 6_000_000  # cells, empty ones included, of the rectangle that is read
TROP_DE_CELLULES = (
    f"Ce classeur a plus de {CELLULES_MAXIMALES // 1_000_000} millions de cellules : "
    "enregistrez-le en CSV, ou partagez-le en plusieurs fichiers."
)
TROP_LOIN = (
    "Une cellule est remplie très loin du tableau ({}) : effacez-la, ou copiez le tableau seul "
    "dans un classeur neuf."
)
JAMAIS_CALCULEES = (
    "Ce classeur contient des formules dont le résultat n’est pas enregistré : ouvrez-le dans "
    "votre tableur, enregistrez-le, puis envoyez-le à nouveau."
)
D_AUTRES_CLASSEURS = (
    "Cette feuille dépend d’autres classeurs (liaisons externes) : collez ses valeurs dans un "
    "classeur neuf."
)
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

FUSION = re.compile(rb'<mergeCell [^>]*ref="[A-Z0-9]+:[A-Z]+(\d+)"')
MASQUEE = re.compile(rb'<row [^>]*hidden="(?:1|true)"')
COLONNE_MASQUEE = re.compile(rb'<col (?=[^>]*hidden="(?:1|true)")([^>]*)>')
BORNES = re.compile(rb'\b(min|max)="(\d+)"')
RANGEE = re.compile(rb'<row [^>]*\br="(\d+)"')
REMPLIE = re.compile(rb'<c r="([A-Z]+)\d+"[^>]*[^>/]>')
ERREUR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*t="e"[^>]*>(?:<f.*?</f>|<f[^>]*/>)?<v>([^<]*)</v>')
# A formula whose result is an empty text says so (t="str"); one never computed has no result.
SANS_RESULTAT = re.compile(
    rb'<c (?![^>]*t="str")[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>'
)
D_AILLEURS = re.compile(rb"<f[^>]*>[^<]*\[\d+\][^<]*</f>")

TABLE_ODS = re.compile(rb'<table:table [^>]*table:name="([^"]*)"')
FIN_DE_RANGEE = b"</table:table-row>"
COLONNE_ODS = re.compile(rb"<table:table-column(?=[\s/>])([^>]*)>")
CELLULE_ODS = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
FOIS = re.compile(rb'number-columns-repeated="(\d+)"')
FOIS_RANGEES = re.compile(rb'<table:table-row\b[^>]*number-rows-repeated="(\d+)"')
TABULATION_ODS = re.compile(rb"<text:tab\b[^>]*/>")
SAUT_ODS = re.compile(rb"<text:line-break\b[^>]*/>")
ETENDUE_ODS = re.compile(rb'number-(?:columns|rows)-spanned="(?!1")')
VISIBILITE = re.compile(rb'table:visibility="(?:collapse|filter)"')
CACHEE_ODS = re.compile(rb'<table:table-row\b[^>]*table:visibility="(?:collapse|filter)"')


@dataclass
class Examen:
    """`fusions` are the last rows of merged ranges, `erreurs` {(row, column): text}, from 0;
    `cachees` the ranges of hidden columns, from 0."""

    fusions: list = field(default_factory=list)
    masquees: int = 0
    cachees: list = field(default_factory=list)
    erreurs: dict = field(default_factory=dict)
    jamais_calculees: bool = False
    d_ailleurs: bool = False
    cellules: int = 0
    derniere: int = 0  # row that holds something
    largeur: int = 0  # rank of the last column that does
    lointaine: str = ""
    blancs: bool = False  # tabs or line breaks that are elements, of an ODS
    rangs: int = 0  # rows seen so far, of an ODS

    @property
    def lisible(self):
        """Whether opening this sheet stays within what a server holds."""
        return (
            self.cellules <= CELLULES_MAXIMALES and self.derniere * self.largeur <= ETENDUE_MAXIMALE
        )

    @property
    def colonnes_masquees(self):
        """Ranks of the hidden columns of the table; whoever hides all that is beyond hides none."""
        return {
            rang for plage in self.cachees for rang in plage[: self.largeur] if rang < self.largeur
        }

    def refuser(self):
        """Raises FichierRefuse when this sheet cannot be read, or not as its author sees it."""
        if self.largeur > LARGEUR_MAXIMALE:
            raise FichierRefuse(f"Cette feuille a {self.largeur} colonnes : il y en a trop.")
        if self.cellules > CELLULES_MAXIMALES:
            raise FichierRefuse(TROP_DE_CELLULES)
        if not self.lisible:
            raise FichierRefuse(TROP_LOIN.format(self.lointaine))
        if self.jamais_calculees:
            raise FichierRefuse(JAMAIS_CALCULEES)
        if self.d_ailleurs:
            raise FichierRefuse(D_AUTRES_CLASSEURS)


# --- XLSX -----------------------------------------------------------------------------------------


def chemins_xlsx(archive):
    """{name of a sheet: its part}, in the order of the workbook."""
    liens = {
        lien.get("Id"): lien.get("Target")
        for lien in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    livre = fromstring(archive.read("xl/workbook.xml"))
    feuilles = (e for e in livre.iter() if e.tag.endswith("}sheet"))
    return {f.get("name"): _partie(liens[f.get(RELATION)]) for f in feuilles}


def _partie(cible):
    return cible.lstrip("/") if cible.startswith("/") else str(PurePosixPath("xl") / cible)


def examiner_xlsx(archive, chemin):
    """The Examen of this part; it stops where there is too much to read."""
    examen = Examen()
    with archive.open(chemin) as feuille:
        for morceau in _par_rangees(feuille, b"<row "):
            _examiner_xlsx(examen, morceau)
            if examen.cellules > CELLULES_MAXIMALES:
                break
    return examen


def _par_rangees(fichier, debut):
    """Pieces that begin where a row does, so that none is cut in two."""
    reste = b""
    while morceau := fichier.read(MORCEAU):
        texte = reste + morceau
        coupe = texte.rfind(debut)
        if coupe <= 0:
            coupe = len(texte) if len(texte) > 8 * MORCEAU else 0
        reste = texte[coupe:]
        if coupe:
            yield texte[:coupe]
    yield reste


def _examiner_xlsx(examen, texte):
    remplies = REMPLIE.findall(texte)
    examen.cellules += len(remplies)
    if remplies:
        colonnes = {colonne: _rang(colonne) for colonne in set(remplies)}
        largeur = max(colonnes.values())
        derniere = max(map(int, RANGEE.findall(texte)), default=examen.derniere)
        if largeur > examen.largeur or derniere > examen.derniere + len(texte):
            colonne = max(colonnes, key=colonnes.get).decode()
            examen.lointaine = f"colonne {colonne}, vers la ligne {derniere}"
        examen.largeur = max(examen.largeur, largeur)
        examen.derniere = max(examen.derniere, derniere)
    if b't="e"' in texte:
        for colonne, ligne, erreur in ERREUR.findall(texte):
            examen.erreurs[int(ligne) - 1, _rang(colonne) - 1] = erreur.decode()
    if b"<f" in texte:
        examen.jamais_calculees |= SANS_RESULTAT.search(texte) is not None
        examen.d_ailleurs |= D_AILLEURS.search(texte) is not None
    if b"hidden" in texte:
        examen.masquees += len(MASQUEE.findall(texte))
        for attributs in COLONNE_MASQUEE.findall(texte):
            bornes = {borne: int(rang) for borne, rang in BORNES.findall(attributs)}
            premiere = bornes.get(b"min", 1) - 1
            examen.cachees.append(range(premiere, bornes.get(b"max", premiere)))
    if b"<mergeCell " in texte:
        examen.fusions += map(int, FUSION.findall(texte))


def _rang(colonne):
    rang = 0
    for lettre in colonne:
        rang = 26 * rang + lettre - 64
    return rang


# --- ODS ------------------------------------------------------------------------------------------


def examiner_ods(archive):
    """{sheet: Examen}; repeated cells count as many times as they are."""
    examens, examen = {}, Examen()
    with archive.open("content.xml") as document:
        for morceau in _par_rangees(document, b"<table:table-row"):
            for rangee in morceau.split(FIN_DE_RANGEE):
                if table := TABLE_ODS.search(rangee):
                    examen = examens[table[1].decode()] = Examen()
                    examen.cachees = _cachees_ods(rangee[table.end() :])
                if b"<table:table-row" in rangee:
                    _examiner_rangee(examen, rangee)
    return examens


def _cachees_ods(debut):
    """The ranges of hidden columns, as a sheet declares them before its rows."""
    cachees, rang = [], 0
    for attributs in COLONNE_ODS.findall(debut):
        fois = FOIS.search(attributs)
        suivant = rang + (int(fois[1]) if fois else 1)
        if VISIBILITE.search(attributs):
            cachees.append(range(rang, suivant))
        rang = suivant
    return cachees


def blancs_en_clair(contenu):
    """The same ODS with its tabs and line breaks as characters, that the quick reader keeps."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contenu)) as lu, zipfile.ZipFile(sortie, "w") as ecrit:
        for element in lu.infolist():
            octets = lu.read(element)
            if element.filename == "content.xml":
                octets = SAUT_ODS.sub(b"&#10;", TABULATION_ODS.sub(b"&#9;", octets))
            ecrit.writestr(element.filename, octets)
    return sortie.getvalue()


def _examiner_rangee(examen, rangee):
    examen.blancs |= b"<text:tab" in rangee or b"<text:line-break" in rangee
    fois = FOIS_RANGEES.search(rangee)
    fois = int(fois[1]) if fois else 1
    largeur, vides = 0, 0
    for attributs in CELLULE_ODS.findall(rangee):
        repetee = FOIS.search(attributs) if b"repeated" in attributs else None
        nombre = int(repetee[1]) if repetee else 1
        if attributs.endswith(b"/") and b"value" not in attributs:
            vides += nombre
        else:
            largeur, vides = largeur + vides + nombre, 0
    if largeur:
        examen.derniere = examen.rangs + fois
        examen.cellules += largeur * fois
        if largeur > examen.largeur:
            examen.largeur = largeur
            examen.lointaine = f"colonne {largeur}, ligne {examen.rangs + 1}"
        if CACHEE_ODS.search(rangee):
            examen.masquees += fois
    examen.rangs += fois
    if b"-spanned" in rangee and ETENDUE_ODS.search(rangee):
        examen.fusions.append(examen.rangs)
