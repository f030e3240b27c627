"""Accounts that nobody uses: warned twice, then closed after a year without a sign-in."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from programme.courriels import juges
from programme.courriels.models import Courriel
from territoires.agents.models import Agent
from territoires.journal.ecriture import Acte, noter

SILENCE = timedelta(days=365)
PREAVIS = (timedelta(days=7), timedelta(days=30))  # before the end, the nearest first
RAISON = "compte fermé après un an sans connexion"


def silencieux(avant):
    """Active agents who did not come since that moment; whoever keeps the server is left alone."""
    agents = Agent.objects.filter(is_active=True, is_superuser=False)
    agents = agents.annotate(vu_le=Coalesce("last_login", "date_joined"))
    return agents.filter(vu_le__lt=avant).order_by("pk")


def fermer_les_comptes():
    """(how many were warned, how many closed) today."""
    maintenant, avertis, fermes = timezone.now(), 0, 0
    for agent in silencieux(maintenant - SILENCE + max(PREAVIS)):
        if agent.vu_le < maintenant - SILENCE and _est_prevenu(agent, maintenant):
            fermes += _fermer(agent)
        else:
            avertis += _avertir(agent, maintenant)
    return avertis, fermes


def cle_du_silence(agent):
    return f"silence-{agent.vu_le:%Y%m%d}"


def _est_prevenu(agent, maintenant):
    """Nobody is closed unwarned, even by a worker that slept; without an address, nobody can be."""
    avis = Courriel.objects.filter(agent=agent, cle__startswith=cle_du_silence(agent))
    return not agent.email or avis.filter(ecrit_le__lte=maintenant - min(PREAVIS)).exists()


def _avertir(agent, maintenant):
    fin = max(agent.vu_le + SILENCE, maintenant + min(PREAVIS))
    palier = next(jours for jours in PREAVIS if fin - maintenant <= jours)
    cle = f"{cle_du_silence(agent)}-{palier.days}"
    if not agent.email or Courriel.objects.filter(agent=agent, cle=cle).exists():
        return False
    vu, ferme = (f"{timezone.localdate(jour):%d/%m/%Y}" for jour in (agent.vu_le, fin))
    Courriel.objects.prevenir(
        Agent.objects.filter(pk=agent.pk),
        objet="Votre compte va être fermé",
        corps=f"Vous ne vous êtes pas connecté depuis le {vu}. Sans connexion de votre part, votre "
        f"compte sera fermé le {ferme}.\n\n{settings.ADRESSE_DU_SITE}/compte/connexion/\n",
        cle=cle,
        genre=Courriel.Genre.ACTION,
    )
    return True


@transaction.atomic
def _fermer(agent):
    """Under the lock of the row: who signs in at that very moment keeps the account."""
    tenu = Agent.objects.select_for_update().get(pk=agent.pk)
    if not tenu.is_active or tenu.last_login != agent.last_login:
        return False
    tenu.is_active, tenu._change_reason = False, RAISON
    tenu.save(update_fields=["is_active"])
    noter(Acte.DROITS, objet=tenu, detail=RAISON)
    return True


def _revenu(courriel, cle):
    """The person came since the warning was written."""
    agent = courriel.agent
    vu_le = agent.last_login or agent.date_joined
    return "" if cle.startswith(f"{vu_le:%Y%m%d}") else "cette personne s’est connectée depuis"


juges.inscrire(silence=_revenu)
