"""What public lists are filtered by, drawn by hand: a template for each field is slow."""

from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from territoires.liste_publique import choix

register = template.Library()


@register.simple_tag
def choix_unique(champ):
    """The `<select>` of a field, with what was chosen and the error it refers to."""
    valeur = "" if champ.value() is None else str(champ.value())
    options = "".join(
        f'<option value="{escape(cle)}"{" selected" * (cle == valeur)}>{escape(nom)}</option>'
        for cle, nom in ((str(cle), str(nom)) for cle, nom in choix(champ.field))
    )
    erreur = ""
    if champ.errors:
        erreur = format_html(' aria-invalid="true" aria-describedby="{}_error"', champ.auto_id)
    return format_html(
        '<select class="fr-select" name="{}" id="{}"{}>{}</select>',
        champ.html_name,
        champ.id_for_label,
        erreur,
        mark_safe(options),
    )


@register.simple_tag
def saisie_libre(champ):
    """The `<input>` of a field, as its widget would draw it."""
    attributs = champ.build_widget_attrs({"class": "fr-input"}) | {"id": champ.id_for_label}
    dit = champ.field.widget.get_context(champ.html_name, champ.value(), attributs)["widget"]
    ecrits = {"type": dit["type"], "name": dit["name"], "value": dit["value"]} | dit["attrs"]
    return format_html(
        "<input{}>",
        mark_safe(
            "".join(
                f" {nom}" if valeur is True else f' {nom}="{escape(str(valeur))}"'
                for nom, valeur in ecrits.items()
                if valeur is not None and valeur is not False
            )
        ),
    )
