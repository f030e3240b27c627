"""Workbooks written as they are read: what is in memory is one batch of rows, never the file."""

import datetime
import io
import re
import zipfile
from dataclasses import dataclass

from django.utils import timezone

from echanges.colonnes.valeurs import Date, Entier, Heure, Instant, Nombre
from echanges.dialectes import XLSX

TRANCHE = 250  # rows
COMPRESSION = 2  # most of the gain, in a third of the time
NOM_INTERDIT = re.compile(r"[\[\]:*?/\\']")
# Spreadsheets count in double precision, and their days from here; earlier ones stay text.
CHIFFRES = 15
PREMIER_JOUR = datetime.date(1900, 3, 1)
VIDES = (None, "")


@dataclass(frozen=True)
class Feuille:
    """One sheet: its headers, and what kind of value stands under each.

    Widths are in characters; `longue` says that the texts are sentences, to be wrapped.
    """

    nom: str
    entetes: list
    valeurs: list
    largeurs: tuple = ()
    longue: bool = False
    a_lire: bool = False  # with the filters of the spreadsheet under its headers
    sommes: tuple = ()  # ranks of the columns that have a total below

    def titre(self):
        """A name that Excel admits: thirty-one characters, some of them forbidden."""
        nom = NOM_INTERDIT.sub(" ", self.nom[:1].upper() + self.nom[1:])
        return nom[:31].strip()


class Flux(io.RawIOBase):
    """What was written and not yet taken; the archive only moves forward."""

    def __init__(self):
        self.attente, self.position = [], 0

    def write(self, octets):
        self.attente.append(bytes(octets))
        self.position += len(octets)
        return len(octets)

    def tell(self):
        return self.position

    def prendre(self):
        octets = b"".join(self.attente)
        self.attente.clear()
        return octets


def ecrire_classeur(genre, feuilles):
    """Bytes, by pieces, of a workbook of these (Feuille, batches of columns of values).

    `genre` is the module that knows the XML of XLSX or of ODS.
    """
    flux = Flux()
    # Parts opened by their name bear no date: the same rows always give the same bytes.
    archive = zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION)
    genre.commencer(flux, archive, [feuille for feuille, _ in feuilles])
    yield flux.prendre()
    feuilles = [(feuille, _tranches(lots)) for feuille, lots in feuilles]
    yield from genre.remplir(flux, archive, feuilles)
    archive.close()
    yield flux.prendre()


def _tranches(lots):
    """Smaller batches: a row takes ten times its size while it becomes XML."""
    for lot in lots:
        for debut in range(0, len(lot[0]), TRANCHE):
            yield [colonne[debut : debut + TRANCHE] for colonne in lot]


class Totaux:
    """What the columns of a sheet come to, counted as its rows go by."""

    LIBELLE = "Total"

    def __init__(self, feuille):
        self.sommes = dict.fromkeys(feuille.sommes, 0)

    def compter(self, lot):
        for rang in self.sommes:
            self.sommes[rang] += sum(valeur for valeur in lot[rang] if valeur is not None)

    @property
    def titre(self):
        """Where « Total » stands: the first column that has none; None when all do."""
        return next((n for n in range(len(self.sommes) + 1) if n not in self.sommes), None)


GENRES = ((Instant, "instant"), (Date, "date"), (Heure, "heure"), ((Entier, Nombre), "nombre"))


def genre_de_cellule(valeur):
    """What a spreadsheet makes of this kind of value."""
    return next((genre for classe, genre in GENRES if isinstance(valeur, classe)), "texte")


def en_cellules(valeur, colonne, ecrire, ecrire_texte, vide=""):
    """XML of these values; `ecrire` gives None for what only a text can say exactly."""
    formateur = valeur.formateur(XLSX)
    if ecrire is None:
        return [vide if v in VIDES else ecrire_texte(formateur(v)) for v in colonne]
    return [vide if v is None else ecrire(v) or ecrire_texte(formateur(v)) for v in colonne]


def nombre_exact(nombre):
    """The digits of this number, None when double precision would lose some."""
    texte = str(nombre) if isinstance(nombre, int) else format(nombre, "f")
    chiffres = texte.lstrip("-").replace(".", "").lstrip("0")
    return texte if len(chiffres) <= CHIFFRES else None


def jour_exact(date):
    """This date, None when spreadsheets do not count so far back."""
    return date if date >= PREMIER_JOUR else None


def instant_exact(instant):
    """Paris time without its zone, None for what a cell cannot tell: parts of a second, or which of
    the two same hours of an October night."""
    local = timezone.localtime(instant)
    if local.fold or local.microsecond or local.date() < PREMIER_JOUR:
        return None
    return local.replace(tzinfo=None)
