"""What every page needs to know of the site, without a query."""

from functools import cache

from django.conf import settings
from django.urls import reverse

from config.aide import aide_de_l_ecran

SITE = {
    "site_title": "Territoires d’industrie",
    "site_tagline": "La carte, les actions et les engagements du programme national",
    "header_brand_html": "République<br>française",
}
MENU = (
    ("carte-en-vigueur", "Carte"),
    ("territoires", "Territoires"),
    ("regions", "Régions"),
    ("fiches", "Fiches actions"),
    ("partenaires", "Partenaires"),
    ("conventions", "Conventions"),
    ("contrats", "Contrats"),
    ("assemblees", "Assemblées"),
    ("bonnes-pratiques", "Bonnes pratiques"),
    ("donnees", "Données"),
)


def site(request):
    return {
        "SITE_CONFIG": SITE,
        "MENU": menu(request.path),
        "DEMO": settings.DEMO,
        "aide_de_l_ecran": aide_de_l_ecran(getattr(request.resolver_match, "view_name", None)),
    }


def menu(chemin):
    """(address, label, value of `aria-current` or nothing) of each entry."""
    return [
        (adresse, libelle, "page" if chemin == adresse else "true" if adresse in chemin else "")
        for adresse, libelle in _entrees()
    ]


@cache
def _entrees():
    return [(reverse(nom), libelle) for nom, libelle in MENU]
