"""Loaded in every template: each form says who opened it, beside its token."""

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from territoires.saisie.rendue import AUTEUR

register = template.Library()


class JetonSigne(CsrfTokenNode):
    """When somebody else has signed in since, the page that gives the text back can tell."""

    def render(self, context):
        jeton = super().render(context)
        user = context.get("user")
        if not jeton or user is None or not user.is_authenticated:
            return jeton
        return format_html('{}<input type="hidden" name="{}" value="{}">', jeton, AUTEUR, user.pk)


@register.tag
def csrf_token(parser, token):
    return JetonSigne()
