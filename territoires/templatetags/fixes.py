from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag
def fixe(gabarit, **dits):
    """A part of every page that depends on nothing but what is given to it.

    Rendered once a process, or as it is edited.
    """
    faire = _rendre if settings.DEBUG else _rendu
    return faire(gabarit, tuple(sorted(dits.items())))


def _rendre(gabarit, dits):
    return render_to_string(gabarit, dict(dits))


_rendu = cache(_rendre)
