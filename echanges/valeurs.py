"""How a cell is read and written, one class a kind of value (django-import-export widgets).

`clean` gives the Python value of a non-empty cell or raises Illisible; `render` its text.
"""

import datetime
import json
import re
from decimal import Decimal, InvalidOperation

from django.db import models
from django.utils import timezone
from import_export.widgets import Widget

from echanges.dialectes import MACHINE, ecrire_date, ecrire_instant, neutraliser, restaurer
from echanges.erreurs import Illisible
from echanges.lecture import sans_accents

ESPACES = re.compile(r"[\s\u00a0\u202f\u2009\u2007]")
SCIENTIFIQUE = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")
JOUR = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
JOUR_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class Valeur(Widget):
    attendu = "une valeur"
    # Cells of this kind repeat from row to row: their reading is kept.
    memorable = True

    def clean(self, value, row=None, **kwargs):
        return value

    def render(self, value, obj=None, dialecte=MACHINE, **kwargs):
        return "" if value is None else str(value)


class Texte(Valeur):
    attendu = "du texte"
    memorable = False

    def clean(self, value, row=None, **kwargs):
        return restaurer(value)

    def render(self, value, obj=None, dialecte=MACHINE, **kwargs):
        return neutraliser(value) if value else ""


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
        texte = ESPACES.sub("", value)
        if not re.fullmatch(r"[+\-]?[0-9]{1,18}([.,]0+)?", texte):
            raise Illisible(f"{self.attendu} est attendu")
        return int(re.split("[.,]", texte)[0])


class Nombre(Valeur):
    attendu = "un nombre, par exemple 1234,56"

    def clean(self, value, row=None, **kwargs):
        texte = ESPACES.sub("", value)
        if re.fullmatch(r"[+\-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]*", texte):
            texte = texte.replace(".", "")
        texte = texte.replace(",", ".", 1)
        try:
            if not re.fullmatch(r"[+\-]?[0-9]*\.?[0-9]*", texte):
                raise InvalidOperation
            return Decimal(texte)
        except InvalidOperation as erreur:
            raise Illisible(f"{self.attendu} est attendu") from erreur

    def render(self, value, obj=None, dialecte=MACHINE, **kwargs):
        if value is None:
            return ""
        texte = format(value, "f")
        return texte.replace(".", ",") if dialecte.virgule else texte


class Date(Valeur):
    attendu = "une date (JJ/MM/AAAA ou AAAA-MM-JJ)"

    def clean(self, value, row=None, **kwargs):
        texte = value.strip().removesuffix(" 00:00:00")
        try:
            if m := JOUR.fullmatch(texte):
                return datetime.date(int(m[3]), int(m[2]), int(m[1]))
            if m := JOUR_ISO.fullmatch(texte):
                return datetime.date(int(m[1]), int(m[2]), int(m[3]))
        except ValueError as erreur:
            raise Illisible("cette date n’existe pas dans le calendrier") from erreur
        raise Illisible(f"{self.attendu} est attendue")

    def render(self, value, obj=None, dialecte=MACHINE, **kwargs):
        return "" if value is None else ecrire_date(value, dialecte)


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

    def render(self, value, obj=None, dialecte=MACHINE, **kwargs):
        return "" if value is None else ecrire_instant(value, dialecte)


class Heure(Valeur):
    attendu = "une heure (HH:MM)"

    def clean(self, value, row=None, **kwargs):
        texte = value.strip().lower().replace("h", ":")
        try:
            return datetime.time.fromisoformat(texte.rjust(5, "0") if len(texte) < 5 else texte)
        except ValueError as erreur:
            raise Illisible(f"{self.attendu} est attendue") from erreur

    def render(self, value, obj=None, dialecte=MACHINE, **kwargs):
        if value is None:
            return ""
        texte = value.isoformat()
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

    def render(self, value, obj=None, dialecte=MACHINE, **kwargs):
        return "" if value is None else "oui" if value else "non"


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

    def render(self, value, obj=None, dialecte=MACHINE, **kwargs):
        if value is None:
            return ""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


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
