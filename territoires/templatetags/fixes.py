from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag
def fixe(gabarit):
    """A part of every page that depends on nothing: rendered once a process, or as it is edited."""
    return render_to_string(gabarit) if settings.DEBUG else _rendu(gabarit)


_rendu = cache(render_to_string)
