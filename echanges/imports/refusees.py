"""The refused rows of a file, to be corrected and sent again."""

import csv
import io

from echanges.dialectes import EXCEL
from echanges.lecture.decodage import ENCODAGES
from echanges.lecture.tableau import COLONNE_DES_ERREURS, cle_d_entete

RETOURS = {"CR": "\r", "LF": "\n"}


def lignes_refusees(tableau, refus):
    """Bytes of the refused rows as they came, with an `erreur` column, in the file's own dialect.

    `refus` is {row number: why}. A workbook comes back as a CSV for French Excel.
    """
    sortie = io.StringIO(newline="")
    ecrivain = csv.writer(
        sortie,
        delimiter=tableau.separateur or EXCEL.separateur,
        lineterminator=RETOURS.get(tableau.retour, EXCEL.retour),
    )
    gardes = [
        rang
        for rang, entete in enumerate(tableau.entetes)
        if entete and cle_d_entete(entete) != COLONNE_DES_ERREURS
    ]
    ecrivain.writerow([*(tableau.entetes[rang] for rang in gardes), COLONNE_DES_ERREURS])
    for numero, cellules in tableau.lignes:
        if numero in refus:
            cellules = [*cellules, *[""] * len(tableau.entetes)]
            ecrivain.writerow([*(cellules[rang] for rang in gardes), refus[numero]])
    return _encoder(sortie.getvalue(), tableau.encodage)


def _encoder(texte, encodage):
    """In the encoding of the file; UTF-8 with BOM when it cannot write every reason."""
    codecs = {nom: codec for codec, nom in ENCODAGES.items()}
    try:
        return texte.encode(codecs.get(encodage, "utf-8-sig"))
    except UnicodeEncodeError:
        return texte.encode("utf-8-sig")
