"""Rows of text to the bytes of a CSV file."""

import csv


class _Lignes(list):
    write = list.append


def encoder(lignes, dialecte):
    """Bytes of these rows. Cells that hold a line break of any kind are quoted."""
    sortie = _Lignes()
    csv.writer(sortie, delimiter=dialecte.separateur, lineterminator="\r\n").writerows(lignes)
    if dialecte.retour != "\r\n":
        sortie = [ligne[:-2] + dialecte.retour for ligne in sortie]
    return "".join(sortie).encode()
