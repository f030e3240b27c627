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

from echanges.colonnes import dates
from echanges.colonnes.conseils import SCIENTIFIQUE, conseil
from echanges.colonnes.proches import choix_proche
from echanges.dialectes import (
    DEBUTS_DE_FORMULE,
    MACHINE,
    ecrire_date,
    ecrire_instant,
    neutraliser,
    restaurer,
)
from echanges.erreurs import Illisible
from echanges.textes import ce_qui_est_nettoye, nettoyer, sans_accents

ESPACES = re.compile(r"[\s\u00a0\u202f\u2009\u2007]")
INVISIBLES = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
FORMULE_DE_TEXTE = re.compile(r'="(.*)"')
DATES = 2048  # dates whose writing is kept: those of one column come again and again
PREMIERE_LETTRE = itemgetter(slice(1))
# A word is read once, from its beginning: from each of its letters, a long one would take seconds.
INSECABLE_PERDUE = re.compile(r"\b\w++\?[:;»]|«\?\w+")
D_UNE_FIN = re.compile("fin|echeance|dissoute")
EUROS = re.compile(r"^€|(€|EUR|euros?)$", re.IGNORECASE)


def nu(texte):
    """A cell without what spreadsheets add around a number to keep it as it is."""
    texte = INVISIBLES.sub("", texte).strip()
    if m := FORMULE_DE_TEXTE.fullmatch(texte):
        texte = m[1].strip()
    return texte[1:] if texte[:1] == "'" else texte


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

    def remarque(self, value):
        """What its author should know of the way this cell was understood, or None."""

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

    def __init__(self, *, paragraphes=False, **kwargs):
        super().__init__(**kwargs)
        self.paragraphes = paragraphes

    def clean(self, value, row=None, **kwargs):
        return self.propre(restaurer(value))

    def propre(self, texte):
        return nettoyer(texte, paragraphes=self.paragraphes)

    def remarque(self, value):
        dits = [ce_qui_est_nettoye(restaurer(value), paragraphes=self.paragraphes)]
        if perdue := INSECABLE_PERDUE.search(value):
            dits.append(f"« {perdue[0]} » : une espace insécable a sans doute été perdue")
        return " ; ".join(filter(None, dits)) or None

    def formateur(self, dialecte):
        return partial(neutraliser, dialecte=dialecte)

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
        code = ESPACES.sub("", nu(value))
        if SCIENTIFIQUE.fullmatch(code):
            raise Illisible(
                f"le tableur a remplacé ce numéro par « {value} » et perdu ses chiffres. Mettez la "
                "colonne au format Texte, puis saisissez ou collez à nouveau les numéros entiers."
            )
        if re.fullmatch(r"[0-9]+[.,]0+|[0-9]{1,3}(\.[0-9]{3}){2,}", code):  # 1004.0, 247.100.589
            code = re.sub(r"[.,]0+$" if "," in code or code.count(".") == 1 else r"\.", "", code)
        return code.upper()

    def reparer(self, code, admis):
        """The code with its lost zero and the remark that says so, None when none was lost."""
        if not (code.isascii() and code.isdigit()):
            return self._sans_zero_de_trop(code, admis)
        # No official code starts with two zeros: only one can have been lost.
        lu = f"0{code}"
        if len(lu) > self.largeur or not admis(lu):
            return self._sans_zero_de_trop(code, admis)
        return lu, f"« {code} » lu {lu} : zéro perdu rétabli"

    @staticmethod
    def _sans_zero_de_trop(code, admis):
        """02A, 038: some files write every département on three characters."""
        lu = code[1:]
        if not code.startswith("0") or len(lu) < 2 or not admis(lu):
            return None
        return lu, f"« {code} » lu {lu} : zéro en trop retiré"


class Entier(Valeur):
    attendu = "un nombre entier (par exemple 15156)"

    pourcentage = False  # whether the column counts parts of a hundred

    def clean(self, value, row=None, **kwargs):
        texte = nu(value)
        if self.pourcentage:
            texte = texte.removesuffix("%").rstrip()
        nombre = _decimal(texte, self.style)
        if nombre is None or nombre != nombre.to_integral_value() or abs(nombre) >= 10**18:
            raise Illisible(f"{self.attendu} est attendu{conseil(value) or _fraction(nombre)}")
        return int(nombre)

    def remarque(self, value):
        if "%" in value or re.search(r"[.,]0+$", nu(value)):
            return f"« {value.strip()} » lu {self.clean(value)}"
        return None


def _fraction(nombre):
    """What to do with a number that is not whole."""
    if nombre is None:
        return ""
    if 0 < nombre < 1:
        return f" ; si c’est un pourcentage, écrivez {format((100 * nombre).normalize(), 'f')}"
    if nombre.as_tuple().exponent == -3:
        return " ; si cette marque sépare les milliers, dites-le sur l’aperçu (Nombres)"
    return ""


class Nombre(Valeur):
    attendu = "un nombre (par exemple 1234,56)"

    def clean(self, value, row=None, **kwargs):
        nombre = _decimal(nu(value), self.style)
        if nombre is None:
            raise Illisible(f"{self.attendu} est attendu{conseil(value)}")
        self.vus.add("virgule" if "," in value else "point" if "." in value else "")
        return nombre

    def formateur(self, dialecte):
        if dialecte.virgule:
            return lambda nombre: format(nombre, "f").replace(".", ",")
        return lambda nombre: format(nombre, "f")


class NombreOuPart(Nombre):
    """A number whose unit stands elsewhere in the row: « 45 % » is 45."""

    def clean(self, value, row=None, **kwargs):
        return super().clean(_sans_pourcent(value), row=row, **kwargs)

    def remarque(self, value):
        if "%" not in value:
            return None
        return f"« {value.strip()} » lu {_sans_pourcent(value)} : vérifiez que l’unité est « % »"


def _sans_pourcent(texte):
    return texte.strip().removesuffix("%").rstrip()


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


class Date(Valeur):
    attendu = dates.ATTENDUE
    annee_seule = True  # a year alone is its first day, or its last one where something ends
    d_une_fin = False

    def clean(self, value, row=None, **kwargs):
        texte = nu(value)
        if self.annee_seule and dates.ANNEE.fullmatch(texte):
            return dates.d_une_annee(int(texte), self.d_une_fin)
        date, ecriture = dates.lire(texte, self.style)
        self.vus.add(ecriture)
        return date

    def remarque(self, value):
        if self.annee_seule and dates.ANNEE.fullmatch(nu(value)):
            return f"« {value.strip()} », une année seule, est lu {self.clean(value):%d/%m/%Y}"
        return None

    def formateur(self, dialecte):
        return lru_cache(DATES)(partial(ecrire_date, dialecte=dialecte))


class Instant(Date):
    annee_seule = False
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
        texte = ESPACES.sub("", nu(value)).lower().replace("h", ":")
        texte += "00" if texte.endswith(":") else ""
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
    MOTS = dict.fromkeys(
        ("oui", "o", "vrai", "true", "1", "1.0", "1,0", "yes", "y", "x", "✓", "✔", "☑"), True
    ) | dict.fromkeys(("non", "n", "faux", "false", "0", "0.0", "0,0", "no"), False)

    def clean(self, value, row=None, **kwargs):
        mot = sans_accents(nu(value))
        if mot not in self.MOTS:
            raise Illisible(f"{self.attendu} est attendu{conseil(value)}")
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
        self.libelles = {valeur: str(libelle) for valeur, libelle in choices}
        self.attendu = ", ".join(map(str, self.libelles))

    def clean(self, value, row=None, **kwargs):
        cle = sans_accents(value.strip())
        if cle not in self.valeurs:
            phrase = f"une de ces valeurs est attendue : {self.attendu}"
            if proche := choix_proche(value, self.libelles):
                phrase += f" ; la plus proche est {proche} ({self.libelles[proche]})"
            raise Illisible(phrase)
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
            lue = valeur()
            lue.d_une_fin = D_UNE_FIN.search(champ.name) is not None
            lue.pourcentage = any(getattr(v, "limit_value", None) == 100 for v in champ.validators)
            return lue
    return Texte(paragraphes=isinstance(champ, models.TextField))
