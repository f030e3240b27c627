"""How a value is written in a file: for French Excel, or for machines."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

DEBUTS_DE_FORMULE = frozenset("=+-@\t\r'")


@dataclass(frozen=True)
class Dialecte:
    nom: str
    libelle: str
    bom: bytes = b""
    separateur: str = ""
    retour: str = ""
    virgule: bool = False
    extension: str = "csv"
    type_mime: str = "text/csv; charset=utf-8"


EXCEL = Dialecte("excel", "CSV pour Excel en français", b"\xef\xbb\xbf", ";", "\r\n", True)
MACHINE = Dialecte("machine", "CSV pour les machines", b"", ",", "\n")
XLSX = Dialecte(
    "xlsx",
    "Classeur Excel (XLSX)",
    extension="xlsx",
    type_mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
ODS = Dialecte(
    "ods",
    "Classeur LibreOffice (ODS)",
    extension="ods",
    type_mime="application/vnd.oasis.opendocument.spreadsheet",
)
JSONL = Dialecte(
    "jsonl",
    "JSON Lines, un objet par ligne",
    extension="jsonl",
    type_mime="application/x-ndjson; charset=utf-8",
)
DIALECTES = {dialecte.nom: dialecte for dialecte in (EXCEL, MACHINE)}  # those of a CSV
FORMATS = DIALECTES | {dialecte.nom: dialecte for dialecte in (XLSX, ODS)}
FORMATS_OUVERTS = FORMATS | {JSONL.nom: JSONL}  # that of machines is never imported


def neutraliser(texte):
    """A text that no spreadsheet runs; `restaurer` gives back exactly the first one."""
    return "'" + texte if texte and texte[0] in DEBUTS_DE_FORMULE else texte


def restaurer(texte):
    """Undo `neutraliser`; an apostrophe that guards nothing is the person's own."""
    if texte[:1] == "'" and texte[1:2] and texte[1] in DEBUTS_DE_FORMULE:
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
