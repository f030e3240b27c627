"""How a value is written in a file: for French Excel, or for machines."""

import datetime
import re
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
    a_double_clic: bool = False  # made to be opened by a spreadsheet, that runs what it can
    extension: str = "csv"
    type_mime: str = "text/csv; charset=utf-8"

    @property
    def court(self):
        """Its name where there is little room."""
        return COURTS[self.nom]


COURTS = {
    "excel": "CSV pour Excel",
    "machine": "CSV",
    "xlsx": "XLSX",
    "ods": "ODS",
    "jsonl": "JSON Lines",
}
EXCEL = Dialecte("excel", "CSV pour Excel en français", b"\xef\xbb\xbf", ";", "\r\n", True, True)
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


# A text that begins so is a formula only to who types it: neither a cell of text nor a CSV for
# machines is run, unless something in it calls a function, a sheet or a program.
TIRET, APPEL = "-", re.compile(r"\w\(|[\w']!|\|")


def neutraliser(texte, dialecte=None):
    """A text that no spreadsheet runs in this dialect, in any by default.

    `restaurer` gives back exactly the first one.
    """
    if not texte or texte[0] not in DEBUTS_DE_FORMULE:
        return texte
    if texte[0] == TIRET and dialecte is not None and not _court(texte, dialecte):
        return texte
    return "'" + texte


def _court(texte, dialecte):
    """Whether a text that begins with a dash could be run; nothing is in a cell of text."""
    en_csv = dialecte.extension == "csv" and APPEL.search(texte)
    return dialecte.a_double_clic or en_csv


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
