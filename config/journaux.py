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

    CHAMPS = ("methode", "chemin", "statut", "duree_ms")

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
        # A stranger that asks for another host is one line, not a page.
        if record.exc_info and record.name != "django.security.DisallowedHost":
            ligne["trace"] = self.formatException(record.exc_info)
        return json.dumps(ligne, ensure_ascii=False, default=str)


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
            journal.info(
                "requête",
                extra={
                    "methode": request.method,
                    "chemin": request.path,
                    "statut": reponse.status_code,
                    "duree_ms": round(1000 * (time.perf_counter() - debut), 1),
                },
            )
            return reponse
        finally:
            REQUETE.reset(jeton)
