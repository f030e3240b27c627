"""Styles and scripts: there before a process serves, compressed on one's own machine too."""

import json
from functools import lru_cache
from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from whitenoise.middleware import WhiteNoiseMiddleware

from territoires.conservation import encodages_acceptes

A_FAIRE = "Lancez « manage.py collectstatic --noinput » avant de démarrer le site."
TEXTES = ("text/", "application/javascript", "image/svg+xml")


class StatiquesComprimees(WhiteNoiseMiddleware):
    """As light for a first visit as in production, where WhiteNoise finds them compressed."""

    @staticmethod
    def serve(static_file, request):
        reponse = WhiteNoiseMiddleware.serve(static_file, request)
        texte = reponse["Content-Type"].startswith(TEXTES) if reponse.status_code == 200 else False
        if texte and request.method == "GET" and "br" in encodages_acceptes(request):
            contenu = _comprimer(reponse.getvalue())
            reponse.streaming_content = [contenu]
            reponse["Content-Length"] = len(contenu)
            reponse["Content-Encoding"] = "br"
            reponse["Vary"] = "Accept-Encoding"
        return reponse


@lru_cache(maxsize=64)
def _comprimer(contenu):
    return brotli.compress(contenu, quality=9)


def verifier():
    """Stop a start whose pages would come without their styles. Raises ImproperlyConfigured."""
    if not settings.STATIC_ROOT:
        return  # they are served from where they are written
    try:
        manifeste = (Path(settings.STATIC_ROOT) / "staticfiles.json").read_text(encoding="utf-8")
        prets = json.loads(manifeste)["paths"].keys()
    except (OSError, ValueError, KeyError) as erreur:
        raise ImproperlyConfigured(
            f"Les fichiers statiques ne sont pas prêts. {A_FAIRE}"
        ) from erreur
    attendus = (nom for finder in finders.get_finders() for nom, _ in finder.list([]))
    if manque := next((nom for nom in attendus if nom not in prets), None):
        raise ImproperlyConfigured(
            f"Les fichiers statiques sont d’une autre version : il manque « {manque} ». {A_FAIRE}"
        )
