"""Days and editions of the map as people write them."""

from functools import cache

from django.utils.formats import date_format
from django.utils.text import slugify


@cache
def jour_en_texte(date):
    """« 9 novembre 2023 », « 1er mars 2020 »."""
    jour = "1er" if date.day == 1 else str(date.day)
    return f"{jour} {mois_en_texte(date)}"


@cache
def mois_en_texte(date):
    return date_format(date, "F Y")


def date_en_texte(edition):
    """« 9 novembre 2023 », « 1er mars 2020 », or « octobre 2020 » when the day is not known."""
    if edition.precision == edition.Precision.MOIS:
        return mois_en_texte(edition.date)
    return jour_en_texte(edition.date)


def date_de_fichier(edition):
    """« 9-novembre-2023 », « octobre-2020 »: for the name of a file that people keep."""
    return slugify(date_en_texte(edition))


def du(edition):
    """« du 9 novembre 2023 », « de mars 2020 », « d’octobre 2020 »."""
    dite = date_en_texte(edition)
    if edition.precision != edition.Precision.MOIS:
        return f"du {dite}"
    return f"d’{dite}" if dite[0] in "ao" else f"de {dite}"
