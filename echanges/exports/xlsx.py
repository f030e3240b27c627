"""The XML of an XLSX workbook: texts are texts, dates are dates, numbers are numbers."""

import datetime
from functools import partial

from echanges.exports.classeur import (
    Totaux,
    en_cellules,
    genre_de_cellule,
    instant_exact,
    jour_exact,
    nombre_exact,
)
from echanges.lecture.caracteres import echapper

JOUR = datetime.timedelta(days=1)
ORIGINE = datetime.datetime(1899, 12, 30)
ENTETE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FORMATS = "http://schemas.openxmlformats.org"
TABLEUR = f"{FORMATS}/spreadsheetml/2006/main"
LIENS = f"{FORMATS}/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PAQUET = f"{FORMATS}/package/2006"
STYLES = {"texte": 1, "nombre": 0, "date": 2, "instant": 3, "heure": 4, "entete": 5, "long": 6} | {
    "total": 7
}
FEUILLE_DE_STYLES = (
    f'{ENTETE}<styleSheet xmlns="{TABLEUR}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="8">'
    + "".join(
        f'<xf numFmtId="{format_}" fontId="{police}" fillId="0" borderId="0" xfId="0" '
        f'applyNumberFormat="1" applyFont="1"{fin}'
        for format_, police, fin in (
            (0, 0, "/>"),
            (49, 0, "/>"),
            (164, 0, "/>"),
            (165, 0, "/>"),
            (21, 0, "/>"),
            (49, 1, "/>"),
            (49, 0, ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'),
            (0, 1, "/>"),
        )
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)


def commencer(flux, archive, feuilles):
    """Every part but the sheets."""
    rangs = range(1, len(feuilles) + 1)
    parties = {
        "[Content_Types].xml": _types(rangs),
        "_rels/.rels": _liens([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _classeur(feuilles),
        "xl/_rels/workbook.xml.rels": _liens(
            [(f"rId{rang}", "worksheet", f"worksheets/sheet{rang}.xml") for rang in rangs]
            + [(f"rId{len(feuilles) + 1}", "styles", "styles.xml")]
        ),
        "xl/styles.xml": FEUILLE_DE_STYLES,
    }
    for nom, texte in parties.items():
        with archive.open(nom, "w") as partie:
            partie.write(texte.encode())


def _types(rangs):
    feuilles = "".join(
        f'<Override PartName="/xl/worksheets/sheet{rang}.xml" ContentType="{TYPES}.worksheet+xml"/>'
        for rang in rangs
    )
    return (
        f'{ENTETE}<Types xmlns="{PAQUET}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>{feuilles}</Types>'
    )


def _liens(liens):
    corps = "".join(
        f'<Relationship Id="{nom}" Type="{LIENS}/{genre}" Target="{cible}"/>'
        for nom, genre, cible in liens
    )
    return f'{ENTETE}<Relationships xmlns="{PAQUET}/relationships">{corps}</Relationships>'


def _classeur(feuilles):
    noms = "".join(
        f'<sheet name="{echapper(feuille.titre())}" sheetId="{rang}" r:id="rId{rang}"/>'
        for rang, feuille in enumerate(feuilles, 1)
    )
    return (
        f'{ENTETE}<workbook xmlns="{TABLEUR}" xmlns:r="{LIENS}"><sheets>{noms}</sheets></workbook>'
    )


def remplir(flux, archive, feuilles):
    """The sheets, row by row."""
    for rang, (feuille, lots) in enumerate(feuilles, 1):
        with archive.open(f"xl/worksheets/sheet{rang}.xml", "w") as partie:
            partie.write(_haut(feuille).encode())
            numero, totaux = 2, Totaux(feuille)
            for lot in lots:
                partie.write(_rangees(feuille, lot, numero).encode())
                numero += len(lot[0])
                totaux.compter(lot)
                yield flux.prendre()
            partie.write(_bas(feuille, numero, totaux).encode())


def _bas(feuille, numero, totaux):
    """The totals of what the filters leave in sight, and where these filters are."""
    lignes = ""
    if totaux.sommes and numero > 2:
        cellules = {
            rang: f'<c r="{lettres(rang)}{numero}" s="{STYLES["total"]}">'
            f"<f>SUBTOTAL(109,{lettres(rang)}2:{lettres(rang)}{numero - 1})</f><v>{somme}</v></c>"
            for rang, somme in totaux.sommes.items()
        }
        if totaux.titre is not None and totaux.titre < len(feuille.entetes):
            style = f's="{STYLES["entete"]}" t="inlineStr"'
            place = f"{lettres(totaux.titre)}{numero}"
            cellules[totaux.titre] = f'<c r="{place}" {style}><is><t>{totaux.LIBELLE}</t></is></c>'
        lignes = f'<row r="{numero}">{"".join(cellules[rang] for rang in sorted(cellules))}</row>'
    filtre = ""
    if feuille.a_lire:
        coin = f"{lettres(len(feuille.entetes) - 1)}{numero - 1}"
        filtre = f'<autoFilter ref="A1:{coin}"/>'
    return f"{lignes}</sheetData>{filtre}</worksheet>"


def _haut(feuille):
    """Up to the headers, which stay on screen; columns keep what is typed under them as it is."""
    largeurs = feuille.largeurs or [max(12, len(entete) + 2) for entete in feuille.entetes]
    colonnes = "".join(
        f'<col min="{rang}" max="{rang}" width="{largeur}" customWidth="1" '
        f'style="{_style(feuille, genre_de_cellule(valeur))}"/>'
        for rang, (largeur, valeur) in enumerate(zip(largeurs, feuille.valeurs, strict=True), 1)
    )
    entetes = "".join(
        f'<c r="{lettres(rang)}1" s="{STYLES["entete"]}" t="inlineStr">'
        f"<is><t>{echapper(entete)}</t></is></c>"
        for rang, entete in enumerate(feuille.entetes)
    )
    return (
        f'{ENTETE}<worksheet xmlns="{TABLEUR}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f'</sheetView></sheetViews><cols>{colonnes}</cols><sheetData><row r="1">{entetes}</row>'
    )


def _rangees(feuille, lot, numero):
    numeros = range(numero, numero + len(lot[0]))
    colonnes = []
    for rang, (valeur, colonne) in enumerate(zip(feuille.valeurs, lot, strict=True)):
        texte = partial(_texte, style=_style(feuille, "texte"))
        cellules = en_cellules(valeur, colonne, ECRIRE.get(genre_de_cellule(valeur)), texte)
        lettre = lettres(rang)
        colonnes.append(
            [
                f'<c r="{lettre}{n}" {cellule}' if cellule else ""
                for n, cellule in zip(numeros, cellules, strict=True)
            ]
        )
    return "".join(
        f'<row r="{n}">{"".join(cellules)}</row>'
        for n, cellules in zip(numeros, zip(*colonnes, strict=True), strict=True)
    )


def lettres(rang):
    """0 is A, 26 is AA."""
    nom = ""
    rang += 1
    while rang:
        rang, reste = divmod(rang - 1, 26)
        nom = chr(65 + reste) + nom
    return nom


def _style(feuille, genre):
    return STYLES["long" if feuille.longue else genre]


def _texte(texte, style):
    return f's="{style}" t="inlineStr"><is><t xml:space="preserve">{echapper(texte)}</t></is></c>'


def _nombre(nombre):
    texte = nombre_exact(nombre)
    return texte and f's="0"><v>{texte}</v></c>'


def _date(date):
    jour = jour_exact(date)
    return jour and f's="{STYLES["date"]}"><v>{(jour - ORIGINE.date()).days}</v></c>'


def _instant(instant):
    moment = instant_exact(instant)
    if moment is None or moment.time() == datetime.time():
        return moment and _date(moment.date())
    return f's="{STYLES["instant"]}"><v>{(moment - ORIGINE) / JOUR!r}</v></c>'


def _heure(heure):
    if heure.microsecond:
        return None
    secondes = heure.hour * 3600 + heure.minute * 60 + heure.second
    return f's="{STYLES["heure"]}"><v>{secondes / 86400!r}</v></c>'


# What follows the place of a cell, for the kinds that are not texts.
ECRIRE = {"nombre": _nombre, "date": _date, "instant": _instant, "heure": _heure}
