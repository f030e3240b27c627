"""The XML of an ODS workbook: texts are texts, dates are dates, numbers are numbers."""

import io
import re
import zipfile
from pathlib import Path

from echanges.dialectes import ODS
from echanges.exports.classeur import (
    Totaux,
    en_cellules,
    genre_de_cellule,
    instant_exact,
    jour_exact,
    nombre_exact,
)
from echanges.exports.xlsx import lettres
from echanges.lecture.caracteres import echapper

ENTETE = '<?xml version="1.0" encoding="UTF-8"?>\n'
NORMES = "urn:oasis:names:tc:opendocument:xmlns"
ESPACES_DE_NOMS = " ".join(
    f'xmlns:{prefixe}="{adresse}"'
    for prefixe, adresse in {
        "office": f"{NORMES}:office:1.0",
        "table": f"{NORMES}:table:1.0",
        "text": f"{NORMES}:text:1.0",
        "style": f"{NORMES}:style:1.0",
        "number": f"{NORMES}:datastyle:1.0",
        "fo": f"{NORMES}:xsl-fo-compatible:1.0",
        "of": f"{NORMES}:of:1.2",
    }.items()
)
MANIFESTE = (
    f'{ENTETE}<manifest:manifest xmlns:manifest="{NORMES}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS.type_mime}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "{}</manifest:manifest>"
)
AUSSI = '<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>'
REGLAGES = Path(__file__).with_name("reglages_ods.txt")
JOUR = (
    '<number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/>'
)
HEURE = (
    '<number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/><number:text>:</number:text>'
    '<number:seconds number:style="long"/>'
)
CELLULE = '<style:style style:name="{0}" style:family="table-cell" style:data-style-name="n{0}"'
STYLES = (
    "<office:automatic-styles>"
    '<number:text-style style:name="ntexte"><number:text-content/></number:text-style>'
    f'<number:date-style style:name="ndate">{JOUR}</number:date-style>'
    f'<number:date-style style:name="ninstant">{JOUR}<number:text> </number:text>{HEURE}'
    "</number:date-style>"
    f'<number:time-style style:name="nheure">{HEURE}</number:time-style>'
    '<number:number-style style:name="nnombre"><number:number number:min-integer-digits="1"/>'
    "</number:number-style>"
    + "".join(f"{CELLULE.format(nom)}/>" for nom in ("texte", "date", "instant", "heure", "nombre"))
    + '<style:style style:name="entete" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="long" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>'
    "{}</office:automatic-styles>"
)
LARGEUR = (
    '<style:style style:name="l{0}" style:family="table-column">'
    '<style:table-column-properties style:column-width="{1}cm"/></style:style>'
)
CENTIMETRES = 0.22  # of one character
# Runs of spaces, those at either end, tabs and line breaks have elements of their own.
ESPACES = re.compile("  +|^ | $|[\t\n]")


def commencer(flux, archive, feuilles):
    """The type of the document, first and bare, then the list of its parts."""
    tete = io.BytesIO()
    with zipfile.ZipFile(tete, "w") as seule:
        info = zipfile.ZipInfo("mimetype")
        seule.writestr(info, ODS.type_mime)
        flux.write(tete.getvalue())
    archive.filelist.append(info)
    archive.start_dir = flux.tell()
    a_lire = any(feuille.a_lire for feuille in feuilles)
    with archive.open("META-INF/manifest.xml", "w") as partie:
        partie.write(MANIFESTE.format(AUSSI if a_lire else "").encode())
    if a_lire:
        with archive.open("settings.xml", "w") as partie:
            partie.write(_reglages(feuilles).encode())


def remplir(flux, archive, feuilles):
    """All the sheets, row by row, in the one part that ODS has for them."""
    with archive.open("content.xml", "w") as partie:
        largeurs = sorted({largeur for feuille, _ in feuilles for largeur in _largeurs(feuille)})
        styles = "".join(LARGEUR.format(n, n * CENTIMETRES) for n in largeurs)
        partie.write(
            f'{ENTETE}<office:document-content {ESPACES_DE_NOMS} office:version="1.2">'
            f"{STYLES.replace('{}', styles)}<office:body><office:spreadsheet>".encode()
        )
        plages = ""
        for feuille, lots in feuilles:
            partie.write(_haut(feuille).encode())
            nombre, totaux = 0, Totaux(feuille)
            for lot in lots:
                partie.write(_rangees(feuille, lot).encode())
                nombre += len(lot[0])
                totaux.compter(lot)
                yield flux.prendre()
            partie.write(f"{_total(feuille, nombre, totaux)}</table:table>".encode())
            plages += _plage(feuille, nombre) if feuille.a_lire else ""
        if plages:
            partie.write(f"<table:database-ranges>{plages}</table:database-ranges>".encode())
        partie.write(b"</office:spreadsheet></office:body></office:document-content>")


def _total(feuille, nombre, totaux):
    """The row of what the filters leave in sight."""
    if not totaux.sommes or not nombre:
        return ""
    cellules = ["<table:table-cell/>"] * len(feuille.entetes)
    for rang, somme in totaux.sommes.items():
        plage = f"[.{lettres(rang)}2:.{lettres(rang)}{nombre + 1}]"
        cellules[rang] = (
            f'<table:table-cell table:style-name="entete" '
            f'table:formula="of:=SUBTOTAL(109;{plage})" '
            f'office:value="{somme}" office:value-type="float"/>'
        )
    if totaux.titre is not None and totaux.titre < len(cellules):
        cellules[totaux.titre] = _texte(totaux.LIBELLE, "entete")
    return f"<table:table-row>{''.join(cellules)}</table:table-row>"


def _plage(feuille, nombre):
    """The headers and the rows that the filters of the spreadsheet act upon."""
    nom = echapper(feuille.titre())
    fin = f"{lettres(len(feuille.entetes) - 1)}{nombre + 1}"
    return (
        f'<table:database-range table:name="{nom}" table:display-filter-buttons="true" '
        f"table:target-range-address=\"'{nom}'.A1:'{nom}'.{fin}\"/>"
    )


def _reglages(feuilles):
    """The headers stay on screen: the document, then what is said of each sheet."""
    document, table = REGLAGES.read_text(encoding="utf-8").split("---")
    tables = "".join(table.strip().format(echapper(feuille.titre())) for feuille in feuilles)
    return document.strip().format(tables)


def _largeurs(feuille):
    return feuille.largeurs or [max(12, len(entete) + 2) for entete in feuille.entetes]


def _haut(feuille):
    colonnes = "".join(
        f'<table:table-column table:style-name="l{largeur}" '
        f'table:default-cell-style-name="{_style(feuille, genre_de_cellule(valeur))}"/>'
        for largeur, valeur in zip(_largeurs(feuille), feuille.valeurs, strict=True)
    )
    entetes = "".join(_texte(entete, "entete") for entete in feuille.entetes)
    return (
        f'<table:table table:name="{echapper(feuille.titre())}">{colonnes}'
        f"<table:table-header-rows><table:table-row>{entetes}</table:table-row>"
        "</table:table-header-rows>"
    )


def _rangees(feuille, lot):
    style = _style(feuille, "texte")
    colonnes = [
        en_cellules(
            valeur,
            colonne,
            ECRIRE.get(genre_de_cellule(valeur)),
            lambda texte: _texte(texte, style),
            vide="<table:table-cell/>",
        )
        for valeur, colonne in zip(feuille.valeurs, lot, strict=True)
    ]
    return "".join(
        f"<table:table-row>{''.join(cellules)}</table:table-row>"
        for cellules in zip(*colonnes, strict=True)
    )


def _style(feuille, genre):
    return "long" if feuille.longue else genre


def _texte(texte, style):
    texte = echapper(texte)
    if ESPACES.search(texte):
        texte = ESPACES.sub(_espace, texte)
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"<text:p>{texte}</text:p></table:table-cell>"
    )


def _espace(trouve):
    signe = trouve[0]
    if signe == "\n":
        return "</text:p><text:p>"
    return "<text:tab/>" if signe == "\t" else f'<text:s text:c="{len(signe)}"/>'


def _cellule(genre, attribut, valeur):
    return (
        f'<table:table-cell table:style-name="{genre}" {attribut}="{valeur}" '
        f'office:value-type="{TYPES[genre]}"/>'
    )


TYPES = {"nombre": "float", "date": "date", "instant": "date", "heure": "time"}


def _nombre(nombre):
    texte = nombre_exact(nombre)
    return texte and _cellule("nombre", "office:value", texte)


def _date(date):
    jour = jour_exact(date)
    return jour and _cellule("date", "office:date-value", jour.isoformat())


def _instant(instant):
    moment = instant_exact(instant)
    return moment and _cellule("instant", "office:date-value", moment.isoformat())


def _heure(heure):
    if heure.microsecond:
        return None
    return _cellule("heure", "office:time-value", f"PT{heure:%HH%MM%SS}")


ECRIRE = {"nombre": _nombre, "date": _date, "instant": _instant, "heure": _heure}
