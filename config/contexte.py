"""What every page needs to know of the site, without a query."""

from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from config import menu as menu_des_agents
from config.accessibilite import audit
from config.aide import aide_de_l_ecran


class Site(NamedTuple):
    site_title: str = "Territoires d’industrie"
    site_tagline: str = "La carte, les actions et les engagements du programme national"
    header_brand_html: str = "République<br>française"


SITE = Site()
# Six entries: each is a page, or a menu of pages.
MENU = (
    ("Carte", "carte-en-vigueur"),
    (
        "Territoires",
        (
            ("territoires", "Tous les territoires"),
            ("regions", "Régions"),
            ("contrats", "Contrats"),
        ),
    ),
    (
        "Actions",
        (
            ("fiches", "Fiches actions"),
            ("bonnes-pratiques", "Bonnes pratiques"),
            ("themes", "Thèmes"),
            ("registre-obstacles", "Registre des obstacles"),
        ),
    ),
    (
        "Partenaires",
        (
            ("partenaires", "Tous les partenaires"),
            ("offres", "Offres de service"),
            ("conventions", "Conventions"),
            ("mobilisation", "Ce que les conventions mobilisent"),
        ),
    ),
    (
        "Assemblées",
        (
            ("assemblees", "Toutes les assemblées"),
            ("interventions", "Qui a dit quoi"),
        ),
    ),
    (
        "Le programme",
        (
            ("programme", "Le programme en bref"),
            ("actualites", "Actualités"),
            ("donnees", "Données ouvertes"),
            ("aide", "Aide"),
        ),
    ),
)


@dataclass(frozen=True, eq=False)
class Entree:
    """One entry of the menu: `ici` is its `aria-current`, `dedans` whether it holds this page."""

    libelle: str
    adresse: str = ""
    ici: str = ""
    dedans: bool = False
    suite: tuple = ()


def site(request):
    return {
        "SITE_CONFIG": SITE,
        "MENU": menu(request.path),
        # That of the agents, on their pages alone: made when a page shows it.
        "menu": SimpleLazyObject(partial(menu_des_agents.menu, request)),
        "DEMO": settings.DEMO,
        # Asked when a page says them: a request without a host that can be trusted has none.
        "ADRESSE": lambda: request.build_absolute_uri(request.path),
        "RACINE": lambda: request.build_absolute_uri("/").rstrip("/"),
        "CONFORMITE": audit().etat,
        "aide_de_l_ecran": aide_de_l_ecran(getattr(request.resolver_match, "view_name", None)),
        "PROCONNECT": bool(settings.OIDC_SERVEUR),
        "IDENTIFIANTS": _identifiants(request.path),
    }


def _identifiants(chemin):
    """The logins of the demonstration that exist, for its page of sign-in alone."""
    if not settings.DEMO or chemin != reverse("account_login"):
        return []
    from config.demo import IDENTIFIANTS
    from territoires.agents.models import Agent

    noms = [identifiant for identifiant, *_ in IDENTIFIANTS]
    connus = set(Agent.objects.filter(username__in=noms).values_list("username", flat=True))
    return [ligne for ligne in IDENTIFIANTS if ligne[0] in connus]


def menu(chemin):
    """The entries as seen from this page, which is marked; what only leads to it is not.

    The same ones for pages seen alike, so that the header is drawn once for them all.
    """
    au_dessus = tuple(adresse for adresse in _adresses() if chemin.startswith(adresse))
    return _menu(au_dessus, chemin if chemin in au_dessus else None)


@cache
def _adresses():
    pages = [[ou] if isinstance(ou, str) else [page for page, _ in ou] for _, ou in MENU]
    return [reverse(page) for page in chain.from_iterable(pages)]


@cache
def _menu(au_dessus, ici):
    return tuple(_entree(libelle, ou, au_dessus, ici) for libelle, ou in MENU)


def _entree(libelle, ou, au_dessus, ici):
    if isinstance(ou, str):
        adresse = reverse(ou)
        return Entree(libelle, adresse, "page" if adresse == ici else "", adresse in au_dessus)
    suite = tuple(_entree(nom, page, au_dessus, ici) for page, nom in ou)
    return Entree(libelle, dedans=any(sous.dedans for sous in suite), suite=suite)
