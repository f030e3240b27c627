"""What every page needs to know of the site, without a query."""

from dataclasses import dataclass, field
from functools import cache, partial

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from config import menu as menu_des_agents
from config.accessibilite import audit
from config.aide import aide_de_l_ecran

SITE = {
    "site_title": "Territoires d’industrie",
    "site_tagline": "La carte, les actions et les engagements du programme national",
    "header_brand_html": "République<br>française",
}
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
            ("mobilisation", "Engagements et où ils en sont"),
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


@dataclass(frozen=True)
class Entree:
    """One entry of the menu: `ici` is its `aria-current`, `dedans` whether it holds this page."""

    libelle: str
    adresse: str = ""
    ici: str = ""
    dedans: bool = False
    suite: list = field(default_factory=list)


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
    """The entries as seen from this page, which is marked; what only leads to it is not."""
    return [_entree(libelle, ou, chemin) for libelle, ou in _entrees()]


def _entree(libelle, ou, chemin):
    if isinstance(ou, str):
        return Entree(libelle, ou, "page" if ou == chemin else "", chemin.startswith(ou))
    suite = [_entree(nom, adresse, chemin) for adresse, nom in ou]
    return Entree(libelle, dedans=any(sous.dedans for sous in suite), suite=suite)


@cache
def _entrees():
    return [
        (libelle, reverse(ou) if isinstance(ou, str) else [(reverse(u), nom) for u, nom in ou])
        for libelle, ou in MENU
    ]
