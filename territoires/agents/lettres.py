"""Letters that let somebody in: an invitation, a new password.

They are no rows: a link that lets in is kept nowhere. What becomes of them is told to the rooms
above, which register themselves; under a name that only this site makes, a report of a mail server
finds whom it is about.
"""

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

journal = logging.getLogger("lettres")
_TEMOINS = []
DEBUT = "lettre-"


def inscrire(temoin):
    """`temoin(agent, objet, erreur)` is told of a letter; its error is None when it left."""
    _TEMOINS.append(temoin)


def identite(nom):
    """By what an e-mail of this name is known when it comes back: nobody else can make one."""
    return f"{nom}.{salted_hmac(__name__, nom).hexdigest()[:32]}"


def nom_de(message_id):
    """The name that this `Message-ID` is signed for; empty when it is not."""
    lue = str(message_id or "").strip().strip("<>").partition("@")[0]
    nom = lue.partition(".")[0]
    return nom if constant_time_compare(lue, identite(nom)) else ""


def entetes(nom):
    domaine = urlsplit(settings.ADRESSE_DU_SITE).hostname or "localhost"
    # RFC 3834: no machine answers what a machine wrote.
    return {"Message-ID": f"<{identite(nom)}@{domaine}>", "Auto-Submitted": "auto-generated"}


def cle_de(nom):
    """The key of the agent to whom `envoyer` gave this name; None of another name."""
    cle = nom.removeprefix(DEBUT).partition("-")[0]
    return int(cle) if nom.startswith(DEBUT) and cle.isdecimal() else None


def envoyer(lettre, agent):
    """Raises OSError when it does not leave, once that was told."""
    nom = f"{DEBUT}{agent.pk}-{timezone.now():%Y%m%d%H%M%S%f}"
    lettre.extra_headers |= entetes(nom)
    try:
        lettre.send()
    except Exception as erreur:
        _dire(agent, lettre.subject, erreur)
        raise
    _dire(agent, lettre.subject, None)


def envoyer_en_fond(lettre, agent):
    """In a thread of its own, where nobody would see it fall over."""
    try:
        envoyer(lettre, agent)
    except Exception:
        journal.exception("Une lettre n’est pas partie.")
    finally:
        connections.close_all()


def _dire(agent, objet, erreur):
    for temoin in _TEMOINS:
        temoin(agent, objet, erreur)
