"""What the head of every page says of it: its title and description once, its linked data."""

import json
import re

from django import template
from django.utils.safestring import mark_safe

register = template.Library()
# Narrow and non-breaking spaces are typography: they stay.
BLANCS = re.compile(r"[ \t\n\r]+")


class Garder(template.Node):
    def __init__(self, nom, nodelist):
        self.nom, self.nodelist = nom, nodelist

    def render(self, context):
        texte = self.nodelist.render(context)
        context[self.nom] = mark_safe(BLANCS.sub(" ", texte).strip())
        return ""


@register.tag
def garder(parser, token):
    """`{% garder nom %}…{% endgarder %}`: write a block once, say it in several places."""
    _, nom = token.split_contents()
    nodelist = parser.parse(("endgarder",))
    parser.delete_first_token()
    return Garder(nom, nodelist)


@register.simple_tag
def donnees_liees(donnees):
    """JSON-LD for search engines; « < » cannot close the script that holds it."""
    texte = json.dumps(donnees, ensure_ascii=False)
    for signe in "<>&":
        texte = texte.replace(signe, f"\\u{ord(signe):04x}")
    return mark_safe(f'<script type="application/ld+json">{texte}</script>')
