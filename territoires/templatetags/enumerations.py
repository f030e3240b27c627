"""Names that lead to their pages, one after the other: long lists, where each node counts."""

from django import template
from django.utils.html import format_html_join

register = template.Library()


@register.simple_tag
def en_liens(objets):
    """The name of each, which leads to its page, and commas between them."""
    return format_html_join(
        ",\n", '<a href="{}">{}</a>', ((objet.get_absolute_url(), objet.nom) for objet in objets)
    )
