"""Numbers and amounts as people write and read them, in every form that takes one."""

import re
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.formats import date_format

ESPACES = re.compile(r"[\s\u00a0\u2009\u202f]")


def nombre(valeur):
    """A decimal as a person writes it: 1 234,5."""
    if valeur is None:
        return ""
    entier, _, decimales = f"{valeur:,f}".partition(".")
    decimales = decimales.rstrip("0")
    return entier.replace(",", "\u202f") + (f",{decimales}" if decimales else "")


class NombreEcrit(forms.DecimalField):
    """A number as people write it: 1 200 000,50 or 1200000.5, with or without the sign €."""

    widget = forms.TextInput

    def __init__(self, **options):
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "size": 16}
        # One sentence for too many digits in all, before or after the comma.
        entiers = (self.max_digits or 12) - (self.decimal_places or 0)
        trop = f"Ce nombre est trop grand : vérifiez les zéros (au plus {entiers} chiffres)."
        self.error_messages |= {
            "max_digits": trop,
            "max_whole_digits": trop,
            "max_decimal_places": "Écrivez au plus %(max)s chiffres après la virgule.",
        }
        for validateur in self.validators:
            if hasattr(validateur, "messages"):
                validateur.messages = self.error_messages

    def to_python(self, valeur):
        texte = ESPACES.sub("", str(valeur if valeur is not None else "")).removesuffix("€")
        if not texte:
            return None
        try:
            resultat = Decimal(texte.replace(",", "."))
        except InvalidOperation:
            resultat = None
        if resultat is None or not resultat.is_finite():
            raise ValidationError(
                f"« {valeur} » n’est pas un nombre. Écrivez par exemple 1 200 000 ou 1 200 000,50."
            )
        return resultat

    def prepare_value(self, valeur):
        return nombre(valeur) if isinstance(valeur, Decimal | int) else valeur


class MontantEcrit(NombreEcrit):
    unite = "€"
    default_validators = [MinValueValidator(0, "Un montant ne peut pas être négatif.")]


NOMBRES = {models.DecimalField: {"form_class": NombreEcrit}}
MONTANTS = {models.DecimalField: {"form_class": MontantEcrit}}


def du_mois(date):
    """« de novembre 2023 », « d’octobre 2020 »: how a map is named."""
    mois = date_format(date, "F Y")
    return f"d’{mois}" if mois[0] in "aoAO" else f"de {mois}"
