from django import template

from config.accessibilite import audit

register = template.Library()


@register.simple_tag
def conformite():
    """What the law asks to be said at the foot of every page."""
    return audit().etat
