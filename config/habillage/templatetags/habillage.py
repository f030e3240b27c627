"""Rows of a list as its page writes them: each cell says the title of its column."""

import re

from django import template
from django.contrib.admin.utils import lookup_field
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models
from django.utils.formats import number_format
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeData, mark_safe
from django.utils.text import capfirst

register = template.Library()
IMAGE = re.compile(r'(<img src="[^"]*/icon-(?:yes|no|unknown)\.svg" alt=")(True|False|None)(">)')
MOIS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
PREMIER = re.compile(rf"(?<![\d.,])1 ({MOIS})\b")
LIEN = re.compile(r"relations? \w+-\w+$", re.I)  # what Django calls a table of links
DEUX_POINTS = re.compile(r"\s*:$")
MINUIT = re.compile(r" à 00:00\b")  # of a day whose hour nobody wrote
CLASSE = re.compile(r'^(<t[dh] class=")')
EN_EUROS = "En euros"  # how the help of a sum begins
RANGS = {"ordre", "rang", "numero"}
RIEN = {"", "–", "-", "non", "aucun", "aucune"}
OUI_NON = {"True": "oui", "False": "non", "None": "inconnu"}


@register.simple_tag
def cartes(liste, lignes, entetes):
    """The cells of each row, as HTML; on a phone a row is a card and its header is out of sight.

    A column of numbers ends where its header ends: the header is told so.
    """
    titres = [_titre(entete) for entete in entetes]
    nombres = [_compte(liste.model_admin, nom) for nom in liste.list_display]
    for entete, nombre in zip(entetes, nombres, strict=False):
        entete["nombre"] = nombre
    return [
        [_cellule(*cellule) for cellule in zip(ligne, titres, nombres, strict=False)]
        for ligne in lignes
    ]


def _compte(model_admin, nom):
    """Whether a column holds quantities: an order or a number of one's own is read as a name.

    A column that a ModelAdmin writes says it by `.nombre`.
    """
    try:
        champ = model_admin.opts.get_field(nom)
    except FieldDoesNotExist:
        return getattr(getattr(model_admin, nom, None), "nombre", False)
    return isinstance(champ, models.IntegerField | models.DecimalField) and nom not in RANGS


def _titre(entete):
    """Empty for the column of boxes to tick: its title is a box."""
    texte = str(entete["text"])
    return "" if "<" in texte else capfirst(texte)


def _cellule(html, titre, nombre=False):
    attributs = f' data-titre="{escape(titre)}"' if titre else ""
    if nombre:
        html = CLASSE.sub(r"\1nombre ", str(html), count=1)
    html = IMAGE.sub(lambda image: image[1] + OUI_NON[image[2]] + image[3], str(html))
    html = premier(html)
    if html.startswith("<th"):
        html = f'<th scope="row"{attributs}{html[3:]}'
    else:
        html = f"<td{attributs}{html[3:]}"
    return mark_safe(html)


@register.filter
def ici(menu):
    """The name by which the menu leads to this very page, or nothing."""
    entrees = [sous for entree in menu or () for sous in (entree, *entree.suite)]
    return next((entree.libelle for entree in entrees if entree.ici == "page"), "")


@register.filter
def premier(valeur):
    """« 1er mars » where the library wrote « 1 mars »; no hour where nobody wrote one."""
    texte = MINUIT.sub("", PREMIER.sub(r"1er \1", str(valeur)))
    return mark_safe(texte) if isinstance(valeur, SafeData) else texte


@register.filter
def lu(champ):
    """What is read of a field: a number as people write it, with the unit that its form tells."""
    try:
        modele, _, valeur = lookup_field(
            champ.field["field"], champ.form.instance, champ.model_admin
        )
    except (FieldDoesNotExist, ObjectDoesNotExist, AttributeError):
        return premier(champ.contents())
    if valeur is None or not isinstance(modele, models.DecimalField):
        return premier(champ.contents())
    saisi = champ.model_admin.formfield_overrides.get(models.DecimalField, {}).get("form_class")
    unite = getattr(saisi, "unite", "") or ("€" if modele.help_text.startswith(EN_EUROS) else "")
    rond = valeur == valeur.to_integral_value()
    ecrit = number_format(valeur, 0 if rond else None)
    ecrit = ecrit.replace("\u00a0", "\u202f")
    return f"{ecrit}\u00a0{unite}" if unite else ecrit


@register.filter
def a_montrer(fieldset):
    """Its lines, but those that a new object cannot have filled and that nobody can write."""
    return [ligne for ligne in fieldset if not _sans_rien(ligne)]


def _sans_rien(ligne):
    if not ligne.form.instance._state.adding:
        return False
    return all(champ.is_readonly and _texte(champ.contents()) in RIEN for champ in ligne)


def _texte(html):
    return strip_tags(str(html)).strip(" .").lower()


@register.filter
def sans_deux_points(etiquette):
    """A label as the rest of the form writes its own: above its field, nothing after it."""
    texte = DEUX_POINTS.sub("", str(etiquette))
    return mark_safe(texte) if isinstance(etiquette, SafeData) else texte


@register.filter
def est_un_lien(nom):
    return LIEN.match(str(nom)) is not None
