"""Public answers that are sent only when they changed, and compressed once."""

from functools import cache as memoire
from hashlib import sha1
from pathlib import Path
from threading import get_ident

import brotli
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags

from territoires.carte.models import Parution
from territoires.carte.requetes import condense, etat_de_la_base

PAGE = "text/html; charset=utf-8"
# What a visitor of one's own may be told on any page: such an answer is nobody else's.
COOKIES_PERSONNELS = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
QUALITE = 4  # of brotli: most of the gain, in three milliseconds
# What was answered last at each address, and in what state of the database; see `Conservee`.
_dernieres = {}
DERNIERES = 500


class Conservee:
    """A view whose answers are kept: none is made again while the database stands still."""

    def dispatch(self, request, *args, **kwargs):
        request.etat_lu = etat_de_la_base()
        etat, entetes = _dernieres.get(_ici(request), (None, None))
        if etat and etat == request.etat_lu and not est_personnelle(request, entetes):
            reponse = _gardee(request, entetes)
        else:
            reponse = None
        return reponse or super().dispatch(request, *args, **kwargs)


def repondre(request, produire, *, cle, empreinte, type_mime=PAGE, nom="", garder=False):
    """304, or the text or bytes that `produire` makes.

    `cle` names what is published: its date is that of its last change. `empreinte` is the state
    of all that it can show, the same for all the addresses that share this `cle`; the address
    makes the rest of the ETag. `nom` is that of a file. With `garder` the answer stays in the
    cache until that state changes.
    """
    entetes = {"Content-Type": type_mime}
    if est_personnelle(request, entetes):
        return HttpResponse(produire(), headers={"Cache-Control": "private, no-store"})
    version = version_du_code.__wrapped__() if settings.DEBUG else version_du_code()
    empreinte = condense(version, empreinte)
    adresse = request.build_absolute_uri()
    entetes["ETag"] = f'W/"{condense(empreinte, adresse)}"'
    entetes["Last-Modified"] = http_date(Parution.objects.depuis(cle, empreinte).timestamp())
    entetes["Cache-Control"] = "public, no-cache"
    entetes["Vary"] = "Accept-Encoding, Cookie" if type_mime == PAGE else "Accept-Encoding"
    if type_mime != PAGE:
        entetes["Access-Control-Allow-Origin"] = "*"  # open data: any site may read it
    if nom:
        entetes["Content-Disposition"] = f'inline; filename="{nom}"'
    if garder and not settings.DEBUG:
        if len(_dernieres) >= DERNIERES:
            _dernieres.clear()
        _dernieres[_ici(request)] = (request.etat_lu, entetes)
        if reponse := _gardee(request, entetes):
            return reponse
    elif _inchangee(request, entetes):
        return HttpResponseNotModified(headers=entetes)
    contenu = produire()
    contenu = contenu.encode() if isinstance(contenu, str) else contenu
    if garder:
        cache.set(entetes["ETag"], _comprimer(contenu, type_mime), timeout=None)
    return _encodee(request, entetes, contenu=contenu)


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


def est_personnelle(request, entetes):
    """A page asked with a session or a message waiting: made for that visitor alone."""
    return entetes["Content-Type"] == PAGE and any(c in request.COOKIES for c in COOKIES_PERSONNELS)


def _ici(request):
    """The address, for this thread: each has its own connection, which counts by itself."""
    return get_ident(), request.build_absolute_uri()


def _inchangee(request, entetes):
    """The date alone is compared exactly: what was undone since is not what the visitor holds."""
    connues = request.headers.get("If-None-Match")
    if connues:
        return connues.strip() == "*" or entetes["ETag"] in [
            "W/" + connue.removeprefix("W/") for connue in parse_etags(connues)
        ]
    return request.headers.get("If-Modified-Since") == entetes["Last-Modified"]


def _gardee(request, entetes):
    """304 or what the cache still has; None when it must be made."""
    if _inchangee(request, entetes):
        return HttpResponseNotModified(headers=entetes)
    if gardee := cache.get(entetes["ETag"]):
        return _encodee(request, entetes, gardee=gardee)
    return None


def _encodee(request, entetes, *, contenu=None, gardee=None):
    """The answer from its content, or from what was kept of it."""
    image = entetes["Content-Type"].startswith("image/png")
    if not image and accepte_brotli(request):
        comprime = gardee or _comprimer(contenu, entetes["Content-Type"])
        return HttpResponse(comprime, headers=entetes | {"Content-Encoding": "br"})
    if contenu is None:
        contenu = gardee if image else brotli.decompress(gardee)
    return HttpResponse(contenu, headers=entetes)


def _comprimer(contenu, type_mime):
    if type_mime.startswith("image/png"):
        return contenu
    return brotli.compress(contenu, quality=QUALITE)


def accepte_brotli(request):
    for demande in request.headers.get("Accept-Encoding", "").split(","):
        encodage, _, poids = demande.strip().partition(";")
        if encodage == "br":
            return poids.replace(" ", "") not in ("q=0", "q=0.0")
    return False
