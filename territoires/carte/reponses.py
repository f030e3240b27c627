"""The public answers of the map: what they show has a stamp, and so a date and an ETag."""

from functools import cache as memoire
from hashlib import sha1
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import http_date

from territoires.carte.models import Parution
from territoires.carte.requetes import condense
from territoires.conservation import PAGE, est_connue, est_personnelle


def repondre(request, produire, *, cle, empreinte, type_mime=PAGE, nom="", garder=False):
    """304, or the text or bytes that `produire` makes.

    `cle` names what is published: its date is that of its last change. `empreinte` is the state
    of all that it can show, the same for all the addresses that share this `cle`; the address
    makes the rest of the ETag. `nom` is that of a file. With `garder` the answer stays in the
    cache until that state changes, whatever else is written.
    """
    entetes = {"Content-Type": type_mime}
    if type_mime == PAGE and est_personnelle(request):
        return HttpResponse(produire())
    version = version_du_code.__wrapped__() if settings.DEBUG else version_du_code()
    empreinte = condense(version, empreinte)
    entetes["ETag"] = f'W/"{condense(empreinte, request.build_absolute_uri())}"'
    entetes["Last-Modified"] = http_date(Parution.objects.depuis(cle, empreinte).timestamp())
    if type_mime != PAGE:
        entetes["Access-Control-Allow-Origin"] = "*"  # open data: any site may read it
    if nom:
        entetes["Content-Disposition"] = f'inline; filename="{nom}"'
    if est_connue(request, entetes):
        return HttpResponseNotModified(headers=entetes)
    contenu = caches["dessins"].get(entetes["ETag"]) if garder and not settings.DEBUG else None
    if contenu is None:
        contenu = produire()
        if garder:
            caches["dessins"].set(entetes["ETag"], contenu, timeout=None)
    return HttpResponse(contenu, headers=entetes)


@memoire
def version_du_code():
    """Changes with any template, style or line of code: a new release is a new answer."""
    racine, somme = Path(settings.BASE_DIR), sha1(usedforsecurity=False)
    paquets = sorted(paquet.parent for paquet in racine.glob("*/__init__.py"))
    for dossier in (racine / "templates", *paquets):
        for fichier in sorted(dossier.rglob("*.*")):
            if fichier.suffix in (".html", ".py", ".css", ".js"):
                somme.update(fichier.read_bytes())
    return somme.hexdigest()
