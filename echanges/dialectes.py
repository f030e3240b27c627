"""How a value is written in a file: for French Excel, or for machines."""

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone

DEBUT_DE_FORMULE = re.compile(r"[=+\-@\t\r']")


@dataclass(frozen=True)
class Dialecte:
    nom: str
    libelle: str
    bom: bytes
    separateur: str
    retour: str
    virgule: bool


EXCEL = Dialecte("excel", "CSV pour Excel en français", b"\xef\xbb\xbf", ";", "\r\n", True)
MACHINE = Dialecte("machine", "CSV pour les machines", b"", ",", "\n", False)
DIALECTES = {dialecte.nom: dialecte for dialecte in (EXCEL, MACHINE)}


def neutraliser(texte):
    """A text that no spreadsheet runs; `restaurer` gives back exactly the first one."""
    return "'" + texte if DEBUT_DE_FORMULE.match(texte) else texte


def restaurer(texte):
    """Undo `neutraliser`; an apostrophe that guards nothing is the person's own."""
    if texte.startswith("'") and DEBUT_DE_FORMULE.match(texte, 1):
        return texte[1:]
    return texte


def ecrire_date(date, dialecte):
    # strftime does not pad years before 1000 on every platform
    if dialecte.virgule:
        return f"{date.day:02d}/{date.month:02d}/{date.year:04d}"
    return date.isoformat()


def ecrire_instant(instant, dialecte):
    """Paris time; the day alone at midnight; with its offset when the clock shows it twice."""
    local = timezone.localtime(instant) if timezone.is_aware(instant) else instant
    date = ecrire_date(local, dialecte) if dialecte.virgule else local.date().isoformat()
    if local.time() == datetime.time():
        return date
    heure = local.time().isoformat()
    if local.fold:
        heure += local.strftime("%z")
    return f"{date} {heure}"
