"""Names that lead to their pages, one after the other: long lists, where each node counts."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
def en_liens(objets):
    """The name of each, which leads to its page, and commas between them."""
    return mark_safe(
        ",\n".join(
            f'<a href="{escape(objet.get_absolute_url())}">{escape(objet.nom)}</a>'
            for objet in objets
        )
    )
