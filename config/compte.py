"""Who is signed in, for the header of the site; and the answers made for that person alone."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject

from config.a_faire import comptes


@dataclass(frozen=True)
class Compte:
    nom: str
    a_faire: int


def compte(request):
    """Context processor: read by the header alone, and nothing is asked for a visitor."""
    return {"compte": SimpleLazyObject(lambda: _lu(request))}


def _lu(request):
    # A visitor without session is not even looked up: its answer may be kept for all.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    return Compte(str(request.user), sum(comptes(request.user).values()))


class Personnelles:
    """A page asked with a session is that person's: no cache on the way keeps it."""

    def __init__(self, suivant):
        self.suivant = suivant

    def __call__(self, request):
        reponse = self.suivant(request)
        page = reponse.get("Content-Type", "").startswith("text/html")
        if page and settings.SESSION_COOKIE_NAME in request.COOKIES:
            patch_cache_control(reponse, private=True, no_store=True)
        return reponse
