"""Logs that a machine reads: one line of JSON each, with the request and the agent it is about."""

import json
import logging
import re
import time
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime

REQUETE = ContextVar("requete", default=None)
ADMIS = re.compile(r"[\w-]{8,64}")
journal = logging.getLogger("requetes")


class EnJson(logging.Formatter):
    """Time, level, origin, text; then what is known of the request, and where it broke."""

    CHAMPS = ("methode", "chemin", "statut", "duree_ms", "hote")

    def format(self, record):
        ligne = {
            "date": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "origine": record.name,
            "texte": record.getMessage(),
        }
        contexte = REQUETE.get()
        if contexte is not None:
            ligne["requete"] = contexte.identifiant
            ligne["agent"] = contexte.agent()
        ligne |= {nom: getattr(record, nom) for nom in self.CHAMPS if hasattr(record, nom)}
        if record.exc_info:
            ligne["trace"] = self.formatException(record.exc_info)
        return json.dumps(ligne, ensure_ascii=False, default=str)


class SansDoublon(logging.Filter):
    """What Django says again of an answer whose own line tells more: its refusals, its hosts."""

    def filter(self, record):
        if record.name == "django.security.DisallowedHost":
            return False
        return record.name != "django.request" or bool(record.exc_info)


class Contexte:
    def __init__(self, request, identifiant):
        self.request, self.identifiant = request, identifiant

    def agent(self):
        """The key of who is signed in, when something already read it: logging asks no query."""
        return getattr(getattr(self.request, "_cached_user", None), "pk", None)


class RequeteSuivie:
    """Gives each request its number, told in the answer and in every line about it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        recu = request.headers.get("X-Request-ID", "")
        identifiant = recu if ADMIS.fullmatch(recu) else uuid.uuid4().hex
        jeton, debut = REQUETE.set(Contexte(request, identifiant)), time.perf_counter()
        try:
            reponse = self.get_response(request)
            reponse["X-Request-ID"] = identifiant
            dit = {
                "methode": request.method,
                "chemin": request.path,
                "statut": reponse.status_code,
                "duree_ms": round(1000 * (time.perf_counter() - debut), 1),
            }
            if reponse.status_code == 400:  # asked for another host, for one
                dit["hote"] = request.META.get("HTTP_HOST", "")[:253]
            journal.log(_niveau(reponse.status_code), "requête", extra=dit)
            return reponse
        finally:
            REQUETE.reset(jeton)


def _niveau(statut):
    if statut >= 500:
        return logging.ERROR
    return logging.WARNING if statut >= 400 else logging.INFO
