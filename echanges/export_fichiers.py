"""The bytes of an export, by pieces, in each dialect: the header leaves before the first row."""

from echanges import export_ods, export_xlsx
from echanges.dialectes import ODS, XLSX
from echanges.encodage import encoder, encoder_colonnes
from echanges.export_classeur import Feuille, ecrire_classeur

CLASSEURS = {XLSX: export_xlsx, ODS: export_ods}
# What a spreadsheet cannot hold: it would cut it, or say that the file is damaged.
LIGNES_D_UNE_FEUILLE = 1_048_576
CARACTERES_D_UNE_CELLULE = {XLSX: 32_767}


def ecrire(extraction, dialecte):
    """Pieces of bytes. A failure leaves a file that no spreadsheet takes for a whole one.

    A workbook cut short has no table of its parts; a CSV is whole when its transfer is, see
    `vues_export`.
    """
    if dialecte in CLASSEURS:
        feuille = Feuille(extraction.ressource.titre(), extraction.entetes, extraction.valeurs)
        yield from ecrire_classeur(CLASSEURS[dialecte], [(feuille, extraction.lots())])
        return
    yield dialecte.bom + encoder([extraction.entetes], dialecte)
    for lot in extraction.lots():
        paires = zip(extraction.valeurs, lot, strict=True)
        textes = [valeur.textes(colonne, dialecte) for valeur, colonne in paires]
        yield encoder_colonnes(textes, dialecte)
