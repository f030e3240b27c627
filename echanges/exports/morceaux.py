"""The bytes of an export, by pieces, in each dialect: the header leaves before the first row."""

from django.db import models
from django.db.models import Max
from django.db.models.functions import Cast, Length

from echanges.dialectes import JSONL, ODS, XLSX
from echanges.exports import jsonl, ods, xlsx
from echanges.exports.classeur import Feuille, ecrire_classeur
from echanges.exports.csv import encoder, encoder_colonnes

CLASSEURS = {XLSX: xlsx, ODS: ods}
# What a spreadsheet cannot hold: it would cut it, or say that the file is damaged.
LIGNES_D_UNE_FEUILLE = 1_048_576
CARACTERES_D_UNE_CELLULE = {XLSX: 32_767}


def ecrire(extraction, dialecte):
    """Pieces of bytes. A failure leaves a file that no spreadsheet takes for a whole one.

    A workbook cut short has no table of its parts; a CSV is whole when its transfer is, see
    `vues_export`.
    """
    if dialecte in CLASSEURS:
        feuille = Feuille(extraction.resource.titre(), extraction.entetes, extraction.valeurs)
        yield from ecrire_classeur(CLASSEURS[dialecte], [(feuille, extraction.lots())])
        return
    if dialecte == JSONL:
        yield from jsonl.ecrire(extraction)
        return
    yield dialecte.bom + encoder([extraction.entetes], dialecte)
    for lot in extraction.lots():
        paires = zip(extraction.valeurs, lot, strict=True)
        textes = [valeur.textes(colonne, dialecte) for valeur, colonne in paires]
        yield encoder_colonnes(textes, dialecte)


def empechement(extraction, dialecte):
    """Why this extraction would not stand in this dialect, in a sentence, or an empty text."""
    if dialecte not in CLASSEURS:
        return ""
    rangees = extraction.rangees()
    if rangees[LIGNES_D_UNE_FEUILLE - 1 : LIGNES_D_UNE_FEUILLE].exists():
        return (
            f"Un classeur s’arrête à {LIGNES_D_UNE_FEUILLE} lignes et il y en a davantage : "
            "filtrez la liste, ou prenez le CSV."
        )
    if trop := _trop_longue(extraction, rangees, CARACTERES_D_UNE_CELLULE.get(dialecte)):
        return (
            f"La colonne « {trop} » a une cellule plus longue que ce qu’Excel sait tenir "
            f"({CARACTERES_D_UNE_CELLULE[dialecte]} caractères) : prenez l’ODS ou le CSV, ou "
            "exportez sans cette colonne."
        )
    return ""


def _trop_longue(extraction, rangees, limite):
    """The first column that holds a longer text than that, if any.

    Excel counts UTF-16 units, of which an emoji takes two, and databases count characters: texts
    between the half and the whole of what is allowed are measured here.
    """
    if limite is None:
        return None
    textes = {
        f"texte_{entete}": (entete, Cast(entete, models.TextField()))
        for entete in extraction.entetes
        if isinstance(extraction.champ(entete), (models.TextField, models.JSONField))
    }
    mesures = {nom: Max(Length(texte)) for nom, (_, texte) in textes.items()}
    maxima = rangees.order_by().aggregate(**mesures) if mesures else {}
    for nom, (entete, texte) in textes.items():
        longueur = maxima[nom] or 0
        if longueur >= limite:
            return entete
        if 2 * longueur >= limite and _deborde(rangees, texte, limite):
            return entete
    return None


def _deborde(rangees, texte, limite):
    longs = rangees.order_by().annotate(texte_mesure=texte, longueur_mesuree=Length(texte))
    longs = longs.filter(longueur_mesuree__gte=limite // 2)
    longs = longs.values_list("texte_mesure", flat=True).iterator(chunk_size=100)
    return any(len(long.encode("utf-16-le", "surrogatepass")) // 2 >= limite for long in longs)
