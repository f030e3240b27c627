"""Dates as people and spreadsheets write them, and what to say of those that are no date."""

import datetime
import re

from echanges.colonnes.conseils import conseil
from echanges.erreurs import Illisible
from echanges.textes import sans_accents

ATTENDUE = "une date (JJ/MM/AAAA ou AAAA-MM-JJ)"
JOUR = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
JOUR_ISO = re.compile(r"(\d{4})[\-/](\d{2})[\-/](\d{2})")
JOUR_COURT = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2})")
# « jeudi 9 novembre 2023 », « 1er janv. 2024 »
MOIS = [
    r"janv(?:ier)?",
    r"fevr?(?:ier)?",
    r"mars",
    r"avr(?:il)?",
    r"mai",
    r"juin",
    r"juil(?:let)?",
    r"aout",
    r"sept?(?:embre)?",
    r"oct(?:obre)?",
    r"nov(?:embre)?",
    r"dec(?:embre)?",
]
JOUR_EN_LETTRES = re.compile(
    rf"(?:[a-z]+di |dimanche )?(\d{{1,2}})(?:er)? ({'|'.join(MOIS)})\.? (\d{{4}})"
)
# A date alone, as calendars of other programs write it: midnight, in any zone.
MINUIT = re.compile(r"[ T]0{1,2}:00(:00([.,]0+)?)?(Z|[+\-]\d{2}:?\d{2})?$")


ANNEE = re.compile(r"(?:19|20)\d{2}")


def d_une_annee(annee, fin):
    """The day that a year alone means: its last one where something ends."""
    return datetime.date(annee, 12, 31) if fin else datetime.date(annee, 1, 1)


def lire(texte, style=""):
    """(date, how it is written) of this cell; `style` « mja » puts the month before the day.

    Raises Illisible.
    """
    texte = MINUIT.sub("", texte)
    if m := JOUR.fullmatch(texte):
        jour, mois = (m[2], m[1]) if style == "mja" else (m[1], m[2])
        return _date(m[3], mois, jour), "MM/JJ/AAAA" if style == "mja" else "JJ/MM/AAAA"
    if m := JOUR_ISO.fullmatch(texte):
        return _date(*m.groups()), "AAAA-MM-JJ"
    if m := JOUR_EN_LETTRES.fullmatch(sans_accents(texte)):
        rang = next(rang for rang, mois in enumerate(MOIS, 1) if re.fullmatch(mois, m[2]))
        return _date(m[3], rang, m[1]), "en lettres"
    suite = _numero_de_tableur(texte) or _incomplete(texte) or conseil(texte)
    raise Illisible(f"{ATTENDUE} est attendue{suite}")


def _date(annee, mois, jour):
    try:
        return datetime.date(int(annee), int(mois), int(jour))
    except ValueError as erreur:
        suite = ""
        if int(mois) > 12 >= int(jour):
            suite = " ; si le fichier écrit le mois avant le jour, dites-le sur l’aperçu (Dates)"
        raise Illisible(f"cette date n’existe pas dans le calendrier{suite}") from erreur


def _incomplete(texte):
    """What lacks to a date that is nearly one."""
    if m := JOUR_COURT.fullmatch(texte):
        annee = f"{int(m[1]):02d}/{int(m[2]):02d}/20{m[3]}"
        return f" ; écrivez l’année en entier, par exemple {annee}"
    if re.search(r"\d[ T]\d{1,2}:\d{2}", texte):
        return " ; écrivez-la sans l’heure"
    if re.fullmatch(r"\d{4}|\d{1,2}/\d{4}|[^\W\d]+\.?[ \-]\d{2,4}", texte):
        return " ; précisez le jour"
    return ""


def _numero_de_tableur(texte):
    """Excel counts days since 1900; a cell that lost its format shows that number."""
    if not re.fullmatch(r"[1-9][0-9]{4}([.,]0+)?", texte):
        return ""
    date = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(texte[:5]))
    return (
        f" ; « {texte} » est le numéro d’une date dans Excel ({date:%d/%m/%Y}) : mettez la colonne "
        "au format Date"
    )
