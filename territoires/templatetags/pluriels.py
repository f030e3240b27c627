"""Over the stock filters, in every template: zero is singular, the first of a month is « 1er »."""

from functools import lru_cache

from django import template
from django.template.defaultfilters import date as ecrite
from django.template.defaultfilters import pluralize as anglais

from territoires import nombres

register = template.Library()
register.filter(nombres.du_mois)


@register.filter(is_safe=False)
def pluralize(valeur, fins="s"):
    nombre = len(valeur) if hasattr(valeur, "__len__") and not isinstance(valeur, str) else valeur
    try:
        return anglais(2 if abs(float(nombre)) >= 2 else 1, fins)
    except (TypeError, ValueError):
        return anglais(nombre, fins)


@register.filter(expects_localtime=True, is_safe=False)
def date(quand, modele=None):
    return _date(quand, getattr(quand, "tzinfo", None), modele) if quand else ""


@lru_cache(maxsize=2000)
def _date(quand, fuseau, modele):
    """The same days stand on many pages; the same instant is another hour elsewhere."""
    texte = ecrite(quand, modele)
    if modele and "j F" in modele and getattr(quand, "day", 0) == 1:
        return texte.replace("1 ", "1er ", 1)
    return texte
