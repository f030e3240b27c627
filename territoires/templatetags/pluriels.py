"""Over the stock filter, in every template: in French, zero is singular."""

from django import template
from django.template.defaultfilters import pluralize as anglais

register = template.Library()


@register.filter(is_safe=False)
def pluralize(valeur, fins="s"):
    nombre = len(valeur) if hasattr(valeur, "__len__") and not isinstance(valeur, str) else valeur
    try:
        return anglais(2 if abs(float(nombre)) >= 2 else 1, fins)
    except (TypeError, ValueError):
        return anglais(nombre, fins)
