from django import template

from territoires import encarts as declares

register = template.Library()


@register.simple_tag(takes_context=True)
def encarts(context, lieu, objet):
    """What the rooms above show of this object at this place of its page."""
    return declares.rendre(declares.de(lieu), objet, context.get("request"))
