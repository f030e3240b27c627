"""How amounts, periods and states are written on the public pages."""

import json
from pathlib import PurePath

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe

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
    """A number without useless decimals, thousands apart; a dash when unknown."""
    if valeur is None:
        return "–"
    if valeur == int(valeur):
        return number_format(int(valeur), use_l10n=True, force_grouping=True)
    return number_format(valeur, decimal_pos=2, use_l10n=True, force_grouping=True)


@register.filter
def euros(montant):
    return "–" if montant is None else f"{nombre(montant)}\u00a0€"


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
def donnees_liees(donnees):
    """JSON-LD for search engines; « < » cannot close the script that holds it."""
    texte = json.dumps(donnees, ensure_ascii=False)
    for signe in "<>&":
        texte = texte.replace(signe, f"\\u{ord(signe):04x}")
    return mark_safe(f'<script type="application/ld+json">{texte}</script>')


@register.simple_tag
def periode(debut, fin):
    """From one day to another, in words; either may be unknown."""
    if debut and fin:
        return f"du {date_format(debut, 'j F Y')} au {date_format(fin, 'j F Y')}"
    if debut:
        return f"à partir du {date_format(debut, 'j F Y')}"
    if fin:
        return f"jusqu’au {date_format(fin, 'j F Y')}"
    return "dates non précisées"


@register.simple_tag
def etat_fiche(fiche):
    """The state as a badge: always in words, the colour only repeats it."""
    return format_html(
        '<span class="fr-badge fr-badge--sm fr-badge--no-icon {}">{}</span>',
        BADGES.get(fiche.etat, ""),
        fiche.get_etat_display(),
    )
