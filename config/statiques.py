"""Styles and scripts on one's own machine, where no `collectstatic` compressed them beforehand."""

from functools import lru_cache

import brotli
from whitenoise.middleware import WhiteNoiseMiddleware

from territoires.conservation import encodages_acceptes

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
