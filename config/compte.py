"""Who is signed in, for the header of the site."""

from dataclasses import dataclass

from django.conf import settings
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
