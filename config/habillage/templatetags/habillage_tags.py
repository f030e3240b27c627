from django import template
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def avec_portee(cellule):
    """A cell of a list as the admin wrote it, its header told to head its row."""
    return mark_safe(str(cellule).replace("<th ", '<th scope="row" ', 1))
