"""Reports of mail servers that a message did not arrive: RFC 3464, in a body or by a pipe."""

import email
import email.policy
from dataclasses import dataclass

from django.utils import timezone

from programme.courriels import lettres
from programme.courriels.models import Courriel
from territoires.agents.lettres import cle_de, nom_de
from territoires.agents.models import Agent

PERMANENT = "5."


@dataclass(frozen=True)
class Echec:
    adresse: str  # in small letters
    permanent: bool
    raison: str


def noter(octets):
    """Mark what this report says did not arrive: how many messages it was."""
    lot, echecs = lire(octets)
    return sum(_marquer(lot, echec) for echec in echecs) if lot else 0


def _marquer(lot, echec):
    """Only what left bears the name of the report; the first report stands."""
    marques = {
        "refuse_le": timezone.now(),
        "refuse_a": echec.adresse if echec.permanent else "",
    }
    if (cle := cle_de(lot)) is not None:  # a letter, of which there is no row
        agent = Agent.objects.filter(pk=cle).first()
        return agent is not None and lettres.noter(agent, lot, echec.raison, **marques)
    parties = Courriel.objects.filter(lot=lot, refuse_le=None).exclude(envoye_le=None)
    return parties.update(derniere_erreur=echec.raison, **marques)


def lire(octets):
    """(name of the e-mail that was sent, what failed); nothing of what is no such report."""
    message = email.message_from_bytes(octets, policy=email.policy.compat32)
    lot, echecs = "", []
    for partie in message.walk():
        genre = partie.get_content_type()
        if genre == "message/delivery-status":
            blocs = partie.get_payload()
            echecs += [_echec(bloc) for bloc in blocs if _a_echoue(bloc)]
        elif partie is not message and not lot:
            lot = _lot(partie)
    return lot, echecs


def _lot(partie):
    """What the Message-ID of what came back, whole or as its headers alone, is signed for."""
    lue = partie.get("Message-ID")
    if lue is None and partie.get_content_type() == "text/rfc822-headers":
        entetes = partie.get_payload(decode=True) or b""
        lue = email.message_from_bytes(entetes).get("Message-ID")
    return nom_de(lue)


def _a_echoue(bloc):
    return str(_dit(bloc, "Action")).lower() == "failed"


def _echec(bloc):
    adresse = _dit(bloc, "Original-Recipient") or _dit(bloc, "Final-Recipient")
    diagnostic = _dit(bloc, "Diagnostic-Code").partition(";")[2].strip()
    statut = _dit(bloc, "Status")
    raison = " ".join(f"non remis par le serveur de courrier ({diagnostic or statut})".split())
    return Echec(
        adresse.rpartition(";")[2].strip().strip("<>").lower()[:254],
        statut.startswith(PERMANENT),
        raison.replace("\0", "")[:300],
    )


def _dit(bloc, entete):
    return str(bloc.get(entete) or "").strip()
