"""`{% url %}` in every template: an address is looked for once, then remembered (`adresses.py`)."""

from django import template
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as stock
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from territoires.adresses import adresse

register = template.Library()


class Adresse(URLNode):
    def render(self, context):
        nom = self.view_name.resolve(context)
        # Within a namespace it depends on the request; an argument with a name is seldom.
        if self.kwargs or ":" in nom:
            return super().render(context)
        try:
            trouvee = adresse(nom, *[argument.resolve(context) for argument in self.args])
        except NoReverseMatch:
            if self.asvar is None:
                raise
            trouvee = ""
        if self.asvar is None:
            return conditional_escape(trouvee) if context.autoescape else trouvee
        context[self.asvar] = trouvee
        return ""


@register.tag
def url(parser, token):
    node = stock(parser, token)
    return Adresse(node.view_name, node.args, node.kwargs, node.asvar)
