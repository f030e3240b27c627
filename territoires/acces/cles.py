"""Keys by which a program reads what an agent may read: made, found and revoked here alone."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from territoires.acces.models import CleApi
from territoires.journal.ecriture import Acte, noter

PREFIXE = "ti_"
OCTETS = 32  # drawn at random: a digest of it needs no salt and no slowness
MONTRES = 9  # characters, the prefix among them
AU_PLUS = 10  # that work, an agent
DELAI = timedelta(minutes=10)  # the last use is written no oftener


class CleRefusee(Exception):
    """Why a key opens nothing, in a sentence."""


def creer(agent, nom, *, request=None):
    """(row, the key itself): it is shown once, and never again."""
    secret = PREFIXE + secrets.token_urlsafe(OCTETS)
    with transaction.atomic():
        cle = CleApi.objects.create(
            agent=agent, nom=nom, debut=secret[:MONTRES], condense=_condense(secret)
        )
        noter(Acte.CLE, request=request, agent=agent, objet=cle, detail="créée")
    return cle, secret


def revoquer(cle, *, request=None):
    """It opens nothing from now on; revoked twice, it is so since the first time."""
    with transaction.atomic():
        vives = CleApi.objects.filter(pk=cle.pk, revoquee_le=None)
        if vives.update(revoquee_le=timezone.now()):
            noter(Acte.CLE, request=request, agent=cle.agent, objet=cle, detail="révoquée")


def trouver(secret):
    """The row of this key, whose use is noted. Raises CleRefusee."""
    connues = CleApi.objects.select_related("agent")
    cle = connues.filter(condense=_condense(secret)).first()
    if cle is None:
        raise CleRefusee("Cette clé n’existe pas.")
    if cle.revoquee_le:
        jour = timezone.localtime(cle.revoquee_le)
        raise CleRefusee(f"Cette clé a été révoquée le {jour:%d/%m/%Y à %H:%M}.")
    if not cle.agent.is_active:
        raise CleRefusee("Le compte de cette clé est désactivé.")
    maintenant = timezone.now()
    if cle.utilisee_le is None or maintenant - cle.utilisee_le > DELAI:
        CleApi.objects.filter(pk=cle.pk).update(utilisee_le=maintenant)
    return cle


def _condense(secret):
    return sha256(secret.encode()).hexdigest()
