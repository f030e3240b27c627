"""How amounts, periods and states are written on the public pages."""

from pathlib import PurePath

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html

from programme import ecritures

register = template.Library()

BADGES = {
    "validee": "fr-badge--success",
    "engagee": "fr-badge--info",
    "realisee": "fr-badge--success",
    "abandonnee": "fr-badge--error",
    "refusee": "fr-badge--error",
    "ajournee": "fr-badge--warning",
    "transmise": "fr-badge--new",
}


@register.filter
def nombre(valeur):
    """As people write it, a dash when unknown."""
    return ecritures.nombre(valeur) or "–"


@register.filter
def euros(montant):
    return ecritures.euros(montant) or "–"


@register.filter
def en_grand(montant):
    return ecritures.en_grand(montant)


@register.filter
def oppose(montant):
    return -montant


@register.filter
def moins(nombre, lignes):
    """How many of `nombre` are left once these are taken away."""
    return nombre - len(lignes)


@register.filter
def type_et_taille(fichier):
    """« PDF, 1,2 Mo »; the type alone when the file is missing from the disk."""
    genre = PurePath(fichier.name).suffix[1:].upper()
    try:
        return f"{genre}, {filesizeformat(fichier.size)}"
    except OSError:
        return genre


@register.simple_tag
def periode(debut, fin):
    return ecritures.periode(debut, fin) or "dates non précisées"


@register.simple_tag
def etat_fiche(fiche):
    """The state as a badge: always in words, the colour only repeats it."""
    return format_html(
        '<span class="fr-badge fr-badge--sm fr-badge--no-icon {}">{}</span>',
        BADGES.get(fiche.etat, ""),
        fiche.get_etat_display(),
    )
