"""Database constraints that several models share, with the French sentence each one shows."""

from functools import reduce
from operator import or_

from django.db.models import (
    CheckConstraint,
    F,
    IntegerField,
    Q,
    UniqueConstraint,
    Value,
)
from django.db.models.functions import Cast, Mod, Substr
from django.db.models.lookups import Exact


def dates_dans_l_ordre(debut, fin, nom, message="La fin ne peut pas précéder le début."):
    """Two dates (or times) in order; a missing one is no error."""
    return CheckConstraint(
        name=nom,
        condition=Q(**{f"{debut}__isnull": True})
        | Q(**{f"{fin}__isnull": True})
        | Q(**{f"{fin}__gte": F(debut)}),
        violation_error_message=message,
    )


def qui_et_quand(qui, quand, nom, message="L’auteur et la date vont ensemble."):
    """Who and when are both there or both missing."""
    return CheckConstraint(
        name=nom,
        condition=Q(**{f"{qui}__isnull": True, f"{quand}__isnull": True})
        | Q(**{f"{qui}__isnull": False, f"{quand}__isnull": False}),
        violation_error_message=message,
    )


def exactement_un(champs):
    """Exactly one of several nullable columns is filled."""
    cas = (Q(**{f"{champ}__isnull": champ != plein for champ in champs}) for plein in champs)
    return reduce(or_, cas)


def un_seul_de(champs, nom, message):
    condition = exactement_un(champs)
    return CheckConstraint(name=nom, condition=condition, violation_error_message=message)


def parmi(champ, valeurs, nom):
    """A column holds one of its choices, whatever the way in."""
    return CheckConstraint(
        name=nom,
        condition=Q(**{f"{champ}__in": list(valeurs)}),
        violation_error_message="Valeur inconnue : choisissez dans la liste.",
    )


def positif(champ, nom, message="Le nombre ne peut pas être négatif."):
    """A number is missing, zero or more."""
    return CheckConstraint(
        name=nom,
        condition=Q(**{f"{champ}__isnull": True}) | Q(**{f"{champ}__gte": 0}),
        violation_error_message=message,
    )


def unique(champs, nom, message, condition=None):
    """A natural key, with its sentence."""
    return UniqueConstraint(
        fields=champs, name=nom, condition=condition, violation_error_message=message
    )


def siren_juste(champ, nom):
    """Nine digits whose Luhn sum is a multiple of ten, computed by the database itself."""
    somme = Value(0)
    for rang in range(1, 10):
        chiffre = Cast(Substr(champ, rang, 1), IntegerField())
        if rang % 2 == 0:  # every second digit counts double, its own digits added up
            chiffre = Cast(Substr(Value("0246813579"), chiffre + 1, 1), IntegerField())
        somme = somme + chiffre
    return CheckConstraint(
        name=nom,
        condition=Q(**{f"{champ}__regex": "^[0-9]{9}$"}) & Exact(Mod(somme, 10), 0),
        violation_error_message="Ce numéro n’est pas un SIREN : vérifiez ses neuf chiffres.",
    )


def code_conforme(champ, motif, nom, message):
    """An official code has its form."""
    return CheckConstraint(
        name=nom, condition=Q(**{f"{champ}__regex": motif}), violation_error_message=message
    )
