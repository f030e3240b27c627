"""Rows of text to the bytes of a CSV file."""

import csv
import re


class _Lignes(list):
    write = list.append


def encoder(lignes, dialecte):
    """Bytes of these rows. Cells that hold a line break of any kind are quoted."""
    sortie = _Lignes()
    csv.writer(sortie, delimiter=dialecte.separateur, lineterminator="\r\n").writerows(lignes)
    if dialecte.retour != "\r\n":
        sortie = [ligne[:-2] + dialecte.retour for ligne in sortie]
    return "".join(sortie).encode()


def encoder_colonnes(colonnes, dialecte):
    """The same bytes as `encoder`, from columns of texts.

    csv.writer looks at every character in turn; most columns hold none that must be quoted, and
    that shows at a glance.
    """
    speciaux = ('"', dialecte.separateur, "\n", "\r")
    if len(colonnes) == 1:
        return encoder(zip(*colonnes, strict=True), dialecte)  # an empty row is quoted
    citees = [_citer(colonne, speciaux) for colonne in colonnes]
    lignes = map(dialecte.separateur.join, zip(*citees, strict=True))
    return "".join([ligne + dialecte.retour for ligne in lignes]).encode()


def _citer(colonne, speciaux):
    ensemble = "".join(colonne)
    presents = [signe for signe in speciaux if signe in ensemble]
    if not presents:
        return colonne
    cherche = re.compile(f"[{''.join(map(re.escape, presents))}]").search
    return ['"' + texte.replace('"', '""') + '"' if cherche(texte) else texte for texte in colonne]
