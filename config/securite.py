"""What every answer says to browsers: what may run in it, and what is kept nowhere."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from territoires.carte.dessin.svg import STYLE
from territoires.conservation import est_personnelle

PERMISSIONS = ", ".join(
    f"{nom}=()"
    for nom in (
        *("accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope"),
        *("magnetometer", "microphone", "midi", "payment", "usb", "browsing-topics"),
    )
)


@cache
def politique(cadres):
    """The Content-Security-Policy; `cadres` for the pages made to stand in others' frames."""
    vers = ["'self'"]
    if settings.OIDC_SERVEUR:
        morceaux = urlsplit(settings.OIDC_SERVEUR)
        vers.append(f"{morceaux.scheme}://{morceaux.netloc}")
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            f"form-action {' '.join(vers)}",
            f"frame-ancestors {'*' if cadres else chr(39) + 'none' + chr(39)}",
        ]
    )


@cache
def politique_des_dessins():
    """A map opened by itself is dressed by its own sheet, known by its digest, and runs nothing."""
    condense = b64encode(sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{condense}'; sandbox"


class EntetesDeSecurite:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        reponse = self.get_response(request)
        cadres = getattr(reponse, "xframe_options_exempt", False)
        dessin = reponse.get("Content-Type", "").startswith("image/svg+xml")
        dit = politique_des_dessins() if dessin else politique(cadres)
        reponse.headers.setdefault("Content-Security-Policy", dit)
        reponse.headers.setdefault("Permissions-Policy", PERMISSIONS)
        garde = reponse.get("Cache-Control", "")
        if _est_a_quelqu_un(request, reponse) and not ("private" in garde and "no-store" in garde):
            reponse["Cache-Control"] = ""
            patch_cache_control(reponse, private=True, no_store=True)
        return reponse


def _est_a_quelqu_un(request, reponse):
    """A page asked with a session, or any answer made for somebody signed in: no query for it."""
    if est_personnelle(request) and reponse.get("Content-Type", "").startswith("text/html"):
        return True
    agent = getattr(request, "_cached_user", None)
    return agent is not None and agent.is_authenticated


def security_txt(request):
    """RFC 9116: to whom a weakness is told."""
    fin = timezone.now() + timezone.timedelta(days=180)
    lignes = [
        f"Contact: {settings.CONTACT_SECURITE}",
        f"Expires: {fin:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.ADRESSE_DU_SITE}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join([*lignes, ""]), content_type="text/plain; charset=utf-8")
