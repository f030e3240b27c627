"""Model fields of the domain: official codes that check themselves, and accent-free search keys."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.functional import cached_property

from echanges.textes import LONGUEUR_DE_RECHERCHE, cle_de_recherche

SIREN = re.compile(r"[0-9]{9}")
LA_POSTE = "356000000"  # its establishments were too many for a key


def siren_valide(siren):
    """Nine digits whose Luhn sum is a multiple of ten (source: Insee, répertoire Sirene)."""
    if not SIREN.fullmatch(siren):
        return False
    chiffres = [int(c) * (1 + rang % 2) for rang, c in enumerate(siren)]
    return sum(c - 9 if c > 9 else c for c in chiffres) % 10 == 0


def valider_siren(siren):
    if re.fullmatch(r"[0-9]{14}", siren):
        raise ValidationError(
            "« %(siren)s » est un SIRET : le SIREN en est les neuf premiers chiffres.",
            code="siren",
            params={"siren": siren},
        )
    if not SIREN.fullmatch(siren):
        raise ValidationError(
            "« %(siren)s » n’est pas un SIREN : neuf chiffres sont attendus.",
            code="siren",
            params={"siren": siren},
        )
    if not siren_valide(siren):
        raise ValidationError(
            "« %(siren)s » n’est pas un SIREN : sa clé de contrôle est fausse, "
            "un chiffre a sans doute été mal recopié.",
            code="siren",
            params={"siren": siren},
        )


def siret_valide(siret):
    doubles = (int(c) for double in siret[-2::-2] for c in str(2 * int(double)))
    juste = (sum(doubles) + sum(map(int, siret[::-2]))) % 10 == 0
    return siren_valide(siret[:9]) and (juste or siret.startswith(LA_POSTE))


def valider_siret(siret):
    """Fourteen digits, the first nine a SIREN, with a key of their own but those of La Poste."""
    if not re.fullmatch(r"[0-9]{14}", siret) or not siret_valide(siret):
        raise ValidationError(
            "« %(siret)s » n’est pas un SIRET : quatorze chiffres sont attendus, dont les neuf "
            "premiers sont le SIREN.",
            code="siret",
            params={"siret": siret},
        )


valider_code_commune = RegexValidator(
    r"^(?:[0-9]{5}|2[AB][0-9]{3})\Z",
    "« %(value)s » n’est pas un code Insee de commune : cinq caractères sont attendus "
    "(par exemple 01004 ou 2A004).",
    code="insee",
)
valider_code_departement = RegexValidator(
    r"^(?:[0-9]{2,3}|2[AB])\Z",
    "« %(value)s » n’est pas un code de département (par exemple 01, 2A ou 974).",
    code="insee",
)
valider_code_region = RegexValidator(
    r"^[0-9]{2}\Z", "« %(value)s » n’est pas un code de région (par exemple 84).", code="insee"
)
valider_code_postal = RegexValidator(
    r"^[0-9]{5}\Z", "« %(value)s » n’est pas un code postal : cinq chiffres.", code="postal"
)


ANNEES = (1900, 2200)  # outside, a year is a slip of the hand or of the spreadsheet
ANNEES_DU_PROGRAMME = (1990, 2100)  # mandates and projects began before it, none ends after


@deconstructible
class AnneeVraisemblable:
    """Refuses a date whose year was written short or mistyped: « 26 » is read as the year 26."""

    def __init__(self, debut, fin):
        self.debut, self.fin = debut, fin

    def __call__(self, date):
        if not self.debut <= date.year <= self.fin:
            raise ValidationError(
                "L’année %(annee)s n’est sans doute pas celle que vous vouliez : écrivez-la en "
                "entier, entre %(debut)s et %(fin)s.",
                code="annee",
                params={"annee": date.year, "debut": self.debut, "fin": self.fin},
            )


def minuit(jour):
    """The moment when this day begins in Paris: an index knows it, as it knows no `le__date`."""
    return timezone.make_aware(datetime.datetime.combine(jour, datetime.time()))


class Jour(models.DateField):
    """A date that somebody types: its year is one of ours.

    To migrations it is a DateField: the years it takes are no affair of the table's.
    """

    def __init__(self, *args, annees=ANNEES_DU_PROGRAMME, **kwargs):
        self.annees = annees
        super().__init__(*args, **kwargs)

    @cached_property
    def validators(self):
        return [*super().validators, AnneeVraisemblable(*self.annees)]

    def formfield(self, **options):
        dits = {"invalid": "Cette date ne se lit pas\u202f: écrivez-la ainsi, 15/03/2027."}
        return super().formfield(**{"error_messages": dits, **options})

    def deconstruct(self):
        nom, _, args, kwargs = super().deconstruct()
        return nom, "django.db.models.DateField", args, kwargs

    def clone(self):
        return self.__class__(*self.deconstruct()[2], annees=self.annees, **self.deconstruct()[3])


class CodeOfficiel(models.CharField):
    """A code that somebody else assigns (SIREN, Insee); it is the primary key of its row."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("primary_key", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        nom, _, args, kwargs = super().deconstruct()
        # Said even when it is not: a history has keys of its own.
        kwargs["primary_key"] = self.primary_key
        return nom, "territoires.champs.CodeOfficiel", args, kwargs

    def to_python(self, value):
        value = super().to_python(value)
        return value.strip().upper() if isinstance(value, str) else value


def mots_cherches(texte):
    """The words of a search; what goes beyond any sensible search is left out."""
    return cle_de_recherche(texte[:LONGUEUR_DE_RECHERCHE]).split()


def cle_distincte(texte):
    """The search key of a name, or the name itself when it has no letter: never empty.

    >>> cle_distincte("Zoé"), cle_distincte(" 🏭 ")
    ('zoe', '🏭')
    """
    return cle_de_recherche(texte) or texte.casefold().strip()


class CleDeRecherche(models.CharField):
    """Search key written from other text fields of the row at each save, bulk or not.

    An index on plain text finds accents typed or not, on PostgreSQL and SQLite alike.
    """

    def __init__(self, *args, sources=("nom",), **kwargs):
        self.sources = tuple(sources)
        kwargs.setdefault("max_length", 400)
        kwargs |= {"editable": False, "db_index": True}
        super().__init__("clé de recherche", *args, **kwargs)

    def deconstruct(self):
        nom, chemin, args, kwargs = super().deconstruct()
        kwargs.pop("verbose_name", None)
        return nom, chemin, args, kwargs | {"sources": self.sources}

    def pre_save(self, instance, add):
        texte = " ".join(str(getattr(instance, source) or "") for source in self.sources)
        cle = cle_de_recherche(texte)[: self.max_length]
        setattr(instance, self.attname, cle)
        return cle
