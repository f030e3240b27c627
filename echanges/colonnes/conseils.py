"""What to do with what people, or their spreadsheet, write in place of a value."""

import re

from echanges.textes import sans_accents

SCIENTIFIQUE = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")
ERREURS_DE_TABLEUR = re.compile(
    r"#(N/A|REF!|VALEUR!|VALUE!|DIV/0!|NOM\??|NAME\?|NUL!|NULL!|NOMBRE!|NUM!|SPILL!|CALC!|#+)"
    r"|Err ?:\d{3}",
    re.IGNORECASE,
)
SANS_VALEUR = {"", "nc", "n.c", "nd", "n.d", "na", "n/a", "ns", "n/c", "#n/a", "inconnu", "null"}


AUCUN = {"aucun", "aucune", "neant", "sans", "sans objet", "so", "s.o", "non concerne", "vide"}
REPETE = re.compile(r"([zx0?*#_.-])\1{2,}", re.IGNORECASE)


def dit_aucun(texte):
    """Whether this is a way to write that there is none: NA, ZZZZZZZZZ, « néant »…"""
    mot = sans_accents(texte.strip(" .-–—"))
    return mot in SANS_VALEUR | AUCUN or REPETE.fullmatch(texte.strip()) is not None


def conseil(texte):
    """What to do with what people write in place of a number."""
    if ERREURS_DE_TABLEUR.fullmatch(texte.strip()):
        return (
            " ; le tableur n’a pas pu calculer ou montrer cette cellule : mettez-y sa valeur, ou "
            "laissez la cellule vide"
        )
    if SCIENTIFIQUE.fullmatch(texte.strip()):
        return " ; le tableur l’a abrégé : mettez la colonne au format Nombre"
    if sans_accents(texte.strip(" .-–—")) in SANS_VALEUR:
        return " ; laissez la cellule vide si la valeur n’est pas connue"
    if texte.strip().endswith("%"):
        return " ; écrivez-le sans « % »"
    if re.search(r"[kKmM]\s?€", texte):
        return " ; écrivez-le en euros, en entier"
    return ""
