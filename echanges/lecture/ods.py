"""Rows of an ODS workbook, read as they come: nothing of the document is held in memory."""

import io
import re
import zipfile
from decimal import Decimal
from typing import NamedTuple

from defusedxml.ElementTree import iterparse

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CELLULES = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
DUREE = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


class Rangee(NamedTuple):
    """A row of a sheet, as many times as it repeats from this number on."""

    numero: int
    fois: int
    cellules: list  # of text
    fusion: bool  # it merges cells
    masquee: bool


def feuilles(contenu):
    """Names of the sheets, in order."""
    with _document(contenu) as document:
        return [
            element.get(f"{TABLE}name")
            for evenement, element in iterparse(document, events=("start",))
            if element.tag == f"{TABLE}table"
        ]


def lignes(contenu, feuille, colonnes_maximales, en_texte):
    """Rangees, until the end of this sheet."""
    numero, dedans = 1, False
    with _document(contenu) as document:
        for evenement, element in iterparse(document, events=("start", "end")):
            if element.tag == f"{TABLE}table":
                if evenement == "end" and dedans:
                    return
                if evenement == "start":
                    dedans = element.get(f"{TABLE}name") == feuille
            elif element.tag == f"{TABLE}table-row" and evenement == "end":
                fois = int(element.get(f"{TABLE}number-rows-repeated") or 1)
                if dedans:
                    cellules, fusion = _rangee(element, colonnes_maximales, en_texte)
                    masquee = element.get(f"{TABLE}visibility", "visible") != "visible"
                    yield Rangee(numero, fois, cellules, fusion, masquee)
                    numero += fois
                element.clear()


def _document(contenu):
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        return archive.open("content.xml")


def _rangee(element, colonnes_maximales, en_texte):
    cellules, fusion = [], False
    for cellule in element:
        if cellule.tag not in CELLULES or len(cellules) > colonnes_maximales:
            continue
        fois = int(cellule.get(f"{TABLE}number-columns-repeated") or 1)
        fusion = fusion or any(
            int(cellule.get(f"{TABLE}number-{sens}-spanned") or 1) > 1
            for sens in ("columns", "rows")
        )
        place = colonnes_maximales + 1 - len(cellules)
        cellules += [_cellule(cellule, en_texte)] * min(fois, place)
    while cellules and not cellules[-1]:
        cellules.pop()
    return cellules, fusion


def _cellule(cellule, en_texte):
    genre = cellule.get(f"{OFFICE}value-type")
    if genre in ("float", "percentage", "currency"):
        return en_texte(Decimal(cellule.get(f"{OFFICE}value")))
    if genre == "date":
        return cellule.get(f"{OFFICE}date-value").removesuffix("T00:00:00").replace("T", " ")
    if genre == "boolean":
        return en_texte(cellule.get(f"{OFFICE}boolean-value") == "true")
    if genre == "time" and (m := DUREE.fullmatch(cellule.get(f"{OFFICE}time-value"))):
        return f"{m[1]}:{m[2]}:{m[3]}"
    # Paragraphs of the cell itself: those of a note attached to it are deeper.
    return en_texte("\n".join(_paragraphe(p) for p in cellule if p.tag == f"{TEXTE}p"))


def _paragraphe(element):
    texte = element.text or ""
    for enfant in element:
        if enfant.tag == f"{TEXTE}s":
            texte += " " * int(enfant.get(f"{TEXTE}c") or 1)
        elif enfant.tag == f"{TEXTE}tab":
            texte += "\t"
        elif enfant.tag == f"{TEXTE}line-break":
            texte += "\n"
        elif enfant.tag != f"{OFFICE}annotation":
            texte += _paragraphe(enfant)
        texte += enfant.tail or ""
    return texte
