"""What is the same for everybody, as it is sent: compressed, and only to who has not got it yet."""

import gzip

import brotli
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection, connections
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags

from territoires.replique import PANNES, REPLIQUE, base_lue, revenir, suivi

PAGE = "text/html; charset=utf-8"
# What a visitor of one's own may be told on any page: such an answer is nobody else's.
COOKIES_PERSONNELS = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
DEJA_COMPRIMES = ("image/png", "image/jpeg", "application/pdf", "application/zip")
QUALITE = 4  # of brotli: most of the gain, in three milliseconds


def etat_de_la_base():
    """What is the same only while nothing was written, the same day; None when unknown.

    SQLite counts what others committed and what this connection changed; PostgreSQL names the
    transactions that a query would see. Inside a transaction nothing is promised. A replica says
    how far it has read; it does not know which transactions are still open.
    """
    if connection.in_atomic_block:
        return None
    if base_lue() == REPLIQUE and (lu := _etat_de_la_replique()):
        return timezone.localdate(), REPLIQUE, lu
    requete = {
        "sqlite": "PRAGMA data_version",
        "postgresql": "SELECT CAST(pg_current_snapshot() AS text)",
    }.get(connection.vendor)
    if requete is None:
        return None
    aujourdhui = timezone.localdate()  # an edition comes into force on its day, by itself
    with connection.cursor() as curseur:
        curseur.execute(requete)
        (vu,) = curseur.fetchone()
    if connection.vendor == "sqlite":
        # The connection itself: one that is closed could leave its `id` to the next.
        return aujourdhui, connection.connection, vu, connection.connection.total_changes
    return aujourdhui, vu


def _etat_de_la_replique():
    """None when it has just left: what follows reads the primary."""
    try:
        with connections[REPLIQUE].cursor() as curseur:
            curseur.execute("SELECT CAST(pg_last_wal_replay_lsn() AS text)")
            return curseur.fetchone()[0]
    except PANNES as erreur:
        suivi.abandonner(erreur)
        revenir()
        return None


def est_personnelle(request):
    """Asked with a session or a message waiting: made for that visitor alone."""
    return any(cookie in request.COOKIES for cookie in COOKIES_PERSONNELS)


def est_connue(request, entetes):
    """Whether the visitor holds it already.

    The date alone is compared exactly: what was undone since is not what the visitor holds.
    """
    connues = request.headers.get("If-None-Match")
    if connues:
        return connues.strip() == "*" or entetes["ETag"] in [
            "W/" + connue.removeprefix("W/") for connue in parse_etags(connues)
        ]
    date = entetes.get("Last-Modified")
    return bool(date) and request.headers.get("If-Modified-Since") == date


COMPRESSIONS = {
    "br": lambda corps: brotli.compress(corps, quality=QUALITE),
    "gzip": lambda corps: gzip.compress(corps, 6, mtime=0),
}


class Gardee:
    """One answer: its headers, its body, and its body as each visitor took it until now."""

    def __init__(self, corps, entetes):
        self.corps, self.entetes, self.comprimes = corps, entetes, {}
        self.est_comprimee = entetes["Content-Type"].startswith(DEJA_COMPRIMES)

    def repondre(self, request):
        """304 to who has it, else the body in the best encoding that the visitor takes."""
        if est_connue(request, self.entetes):
            return HttpResponseNotModified(headers=self.entetes)
        acceptes = encodages_acceptes(request)
        encodage = next((nom for nom in COMPRESSIONS if nom in acceptes), None)
        if self.est_comprimee or encodage is None:
            return HttpResponse(self.corps, headers=self.entetes)
        if encodage not in self.comprimes:
            self.comprimes[encodage] = COMPRESSIONS[encodage](self.corps)
        entetes = self.entetes | {"Content-Encoding": encodage}
        return HttpResponse(self.comprimes[encodage], headers=entetes)


def encodages_acceptes(request):
    """Those that the visitor names, without what it refuses."""
    acceptes = set()
    for demande in request.headers.get("Accept-Encoding", "").split(","):
        encodage, _, poids = demande.strip().partition(";")
        if poids.replace(" ", "") not in ("q=0", "q=0.0"):
            acceptes.add(encodage)
    return acceptes
