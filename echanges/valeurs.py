"""How a cell is read and written, one class a kind of value (django-import-export widgets).

`clean` gives the Python value of a non-empty cell or raises Illisible; `render` its text.
"""

import datetime
import json
import re
from decimal import Decimal
from functools import lru_cache, partial
from operator import itemgetter

from django.db import models
from django.utils import timezone
from import_export.widgets import Widget

from echanges.dialectes import (
    DEBUTS_DE_FORMULE,
    MACHINE,
    ecrire_date,
    ecrire_instant,
    neutraliser,
    restaurer,
)
from echanges.erreurs import Illisible
from echanges.lecture import sans_accents

ESPACES = re.compile(r"[\s\u00a0\u202f\u2009\u2007]")
SCIENTIFIQUE = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")
JOUR = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
JOUR_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
DATES = 2048  # dates whose writing is kept: those of one column come again and again
PREMIERE_LETTRE = itemgetter(slice(1))
EUROS = re.compile(r"(€|EUR|euros?)$", re.IGNORECASE)
SANS_VALEUR = {"", "nc", "n.c", "nd", "n.d", "na", "n/a", "ns", "n/c", "#n/a", "inconnu", "null"}


class Valeur(Widget):
    attendu = "une valeur"
    # Cells of this kind repeat from row to row: their reading is kept.
    memorable = True
    # Which of several ways of writing the person said the file follows; empty: as it seems.
    style = ""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.vus = set()  # the ways of writing met while reading

    def clean(self, value, row=None, **kwargs):
        return value

    def formateur(self, dialecte):
        """The function that writes a value that is there."""
        return str

    def textes(self, colonne, dialecte):
        """The cells of a whole column of an export."""
        formateur = self.formateur(dialecte)
        return ["" if valeur is None else formateur(valeur) for valeur in colonne]

    def render(self, value, obj=None, dialecte=MACHINE, **kwargs):
        return "" if value is None else self.formateur(dialecte)(value)


class Texte(Valeur):
    attendu = "du texte"
    memorable = False

    def clean(self, value, row=None, **kwargs):
        return restaurer(value)

    def formateur(self, dialecte):
        return neutraliser

    def textes(self, colonne, dialecte):
        # Most columns hold no formula at all: one look at their first letters says so.
        if None not in colonne and DEBUTS_DE_FORMULE.isdisjoint(map(PREMIERE_LETTRE, colonne)):
            return colonne
        return super().textes(colonne, dialecte)


class Code(Valeur):
    """An official code: its leading zeros count, and spreadsheets eat them."""

    attendu = "un code"

    def __init__(self, largeur, **kwargs):
        super().__init__(**kwargs)
        self.largeur = largeur

    def clean(self, value, row=None, **kwargs):
        code = ESPACES.sub("", value)
        if m := re.fullmatch(r'="(.*)"', code):
            code = m[1]
        if SCIENTIFIQUE.fullmatch(code):
            raise Illisible(
                f"le tableur a remplacé ce numéro par « {value} » et perdu ses chiffres. Mettez la "
                "colonne au format Texte, puis saisissez ou collez à nouveau les numéros entiers."
            )
        return code.upper()

    def reparer(self, code, admis):
        """The code with its lost zeros and the remark that says so.

        None when nothing was lost, or when several readings are `admis`.
        """
        if not (code.isascii() and code.isdigit()):
            return None
        lectures = [code.zfill(n) for n in range(len(code) + 1, self.largeur + 1)]
        lectures = [lecture for lecture in lectures if admis(lecture)]
        if len(lectures) != 1:
            return None
        return lectures[0], f"« {code} » lu {lectures[0]} : zéro perdu rétabli"


class Entier(Valeur):
    attendu = "un nombre entier, par exemple 15156"

    def clean(self, value, row=None, **kwargs):
        nombre = _decimal(value, self.style)
        if nombre is None or nombre != nombre.to_integral_value() or abs(nombre) >= 10**18:
            raise Illisible(f"{self.attendu} est attendu{_conseil(value)}")
        return int(nombre)


class Nombre(Valeur):
    attendu = "un nombre, par exemple 1234,56"

    def clean(self, value, row=None, **kwargs):
        nombre = _decimal(value, self.style)
        if nombre is None:
            raise Illisible(f"{self.attendu} est attendu{_conseil(value)}")
        self.vus.add("virgule" if "," in value else "point" if "." in value else "")
        return nombre

    def formateur(self, dialecte):
        if dialecte.virgule:
            return lambda nombre: format(nombre, "f").replace(".", ",")
        return lambda nombre: format(nombre, "f")


def _decimal(texte, style):
    """The number that this text writes, None when it writes none.

    `style` says which of « , » and « . » is the decimal mark; without it, the last one is when
    both stand, and either alone is.
    """
    texte = EUROS.sub("", ESPACES.sub("", texte))
    virgule, point = texte.rfind(","), texte.rfind(".")
    if style == "point" or (not style and (-1 < virgule < point or texte.count(",") > 1)):
        milliers, decimale = ",", "."
    elif style == "virgule" or point < virgule or texte.count(".") > 1:
        milliers, decimale = ".", ","
    else:
        milliers, decimale = "", "."
    entier, _, fraction = texte.partition(decimale)
    if milliers and milliers in entier:
        if not re.fullmatch(rf"[+\-]?[0-9]{{1,3}}({re.escape(milliers)}[0-9]{{3}})+", entier):
            return None
        entier = entier.replace(milliers, "")
    if not re.fullmatch(r"[+\-]?[0-9]*", entier) or not re.fullmatch(r"[0-9]*", fraction):
        return None
    if not any(c.isdigit() for c in entier + fraction):
        return None
    return Decimal(f"{entier or '0'}.{fraction or '0'}") if fraction else Decimal(entier)


def _conseil(texte):
    """What to do with what people write in place of a number."""
    if sans_accents(texte.strip(" .-–—")) in SANS_VALEUR:
        return " ; laissez la cellule vide si la valeur n’est pas connue"
    if texte.strip().endswith("%"):
        return " ; écrivez-le sans « % »"
    if re.search(r"[kKmM]\s?€", texte):
        return " ; écrivez-le en euros, en entier"
    return ""


class Date(Valeur):
    attendu = "une date (JJ/MM/AAAA ou AAAA-MM-JJ)"

    def clean(self, value, row=None, **kwargs):
        texte = value.strip().removesuffix(" 00:00:00")
        try:
            if m := JOUR.fullmatch(texte):
                rang_du_jour, rang_du_mois = (2, 1) if self.style == "mja" else (1, 2)
                jour, mois = int(m[rang_du_jour]), int(m[rang_du_mois])
                self.vus.add("MM/JJ/AAAA" if self.style == "mja" else "JJ/MM/AAAA")
                return datetime.date(int(m[3]), mois, jour)
            if m := JOUR_ISO.fullmatch(texte):
                self.vus.add("AAAA-MM-JJ")
                return datetime.date(int(m[1]), int(m[2]), int(m[3]))
        except ValueError as erreur:
            conseil = ""
            if not self.style and int(m[2]) > 12 >= int(m[1]):
                conseil = " ; si le fichier écrit le mois avant le jour, dites-le sur l’aperçu"
            raise Illisible(f"cette date n’existe pas dans le calendrier{conseil}") from erreur
        raise Illisible(f"{self.attendu} est attendue{_date_de_tableur(texte) or _conseil(texte)}")

    def formateur(self, dialecte):
        return lru_cache(DATES)(partial(ecrire_date, dialecte=dialecte))


def _date_de_tableur(texte):
    """Excel counts days since 1900; a cell that lost its format shows that number."""
    if not re.fullmatch(r"[1-9][0-9]{4}", texte):
        return ""
    date = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(texte))
    return (
        f" ; « {texte} » est le numéro d’une date dans Excel ({date:%d/%m/%Y}) : mettez la colonne "
        "au format Date"
    )


class Instant(Date):
    attendu = "une date, suivie au besoin de l’heure (AAAA-MM-JJ HH:MM)"

    def clean(self, value, row=None, **kwargs):
        texte = value.strip().replace("T", " ")
        jour, _, heure = texte.partition(" ")
        try:
            jour = super().clean(jour)
            heure = datetime.time.fromisoformat(heure or "00:00")
        except ValueError as erreur:
            raise Illisible(f"{self.attendu} est attendue") from erreur
        instant = datetime.datetime.combine(jour, heure)
        instant = instant if instant.tzinfo else timezone.make_aware(instant)
        # As the database gives it back: in the hour lived twice, other zones never compare equal.
        return instant.astimezone(datetime.UTC)

    def formateur(self, dialecte):
        return partial(ecrire_instant, dialecte=dialecte)


class Heure(Valeur):
    attendu = "une heure (HH:MM)"

    def clean(self, value, row=None, **kwargs):
        texte = value.strip().lower().replace("h", ":")
        try:
            return datetime.time.fromisoformat(texte.rjust(5, "0") if len(texte) < 5 else texte)
        except ValueError as erreur:
            raise Illisible(f"{self.attendu} est attendue") from erreur

    def formateur(self, dialecte):
        return _heure


def _heure(heure):
    texte = heure.isoformat()
    return texte.removesuffix(":00") if len(texte) == 8 else texte


class OuiNon(Valeur):
    attendu = "oui ou non"
    MOTS = dict.fromkeys(("oui", "o", "vrai", "true", "1", "yes", "x"), True) | dict.fromkeys(
        ("non", "n", "faux", "false", "0", "no"), False
    )

    def clean(self, value, row=None, **kwargs):
        mot = sans_accents(value.strip())
        if mot not in self.MOTS:
            raise Illisible(f"{self.attendu} est attendu")
        return self.MOTS[mot]

    def formateur(self, dialecte):
        return {True: "oui", False: "non"}.__getitem__


class Choix(Valeur):
    """One of a model field's choices, by value or label; written as its value."""

    def __init__(self, choices, **kwargs):
        super().__init__(**kwargs)
        choices = [(valeur, libelle) for valeur, libelle in choices if valeur not in ("", None)]
        self.valeurs = {sans_accents(str(libelle)): valeur for valeur, libelle in choices}
        self.valeurs |= {sans_accents(str(valeur)): valeur for valeur, _ in choices}
        self.attendu = ", ".join(str(valeur) for valeur, _ in choices)

    def clean(self, value, row=None, **kwargs):
        cle = sans_accents(value.strip())
        if cle not in self.valeurs:
            raise Illisible(f"une de ces valeurs est attendue : {self.attendu}")
        return self.valeurs[cle]


class Json(Valeur):
    attendu = "du GeoJSON"
    memorable = False

    def clean(self, value, row=None, **kwargs):
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as erreur:
            raise Illisible(f"{self.attendu} est attendu") from erreur

    def formateur(self, dialecte):
        return partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


PAR_CHAMP = (
    (models.JSONField, Json),
    (models.BooleanField, OuiNon),
    (models.DecimalField, Nombre),
    (models.IntegerField, Entier),
    (models.DateTimeField, Instant),
    (models.DateField, Date),
    (models.TimeField, Heure),
)


def valeur_du_champ(champ):
    """The way to read and write the values of this model field."""
    if champ.choices:
        return Choix(champ.choices)
    if champ.primary_key and isinstance(champ, models.CharField):
        return Code(getattr(champ, "largeur", champ.max_length))
    for genre, valeur in PAR_CHAMP:
        if isinstance(champ, genre):
            return valeur()
    return Texte()
