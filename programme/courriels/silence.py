"""Accounts that nobody uses: warned twice, then closed after a year without a sign-in."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone

from programme.courriels import juges
from programme.courriels.models import Courriel
from territoires.agents.models import Agent
from territoires.journal.ecriture import Acte, noter

SILENCE = timedelta(days=365)
PREAVIS = (timedelta(days=7), timedelta(days=30))  # before the end, the nearest first
RAISON = "compte fermé après un an sans connexion"


def dates_de_silence(agents):
    """With `vu_le`: when each last came, was invited or had its account opened again."""
    lignes = Agent.history.filter(id=OuterRef("pk"))
    fermetures = lignes.filter(is_active=False).order_by("-history_id")
    retours = lignes.filter(is_active=True, history_id__gt=OuterRef("fermeture"))
    agents = agents.annotate(fermeture=Subquery(fermetures.values("history_id")[:1]))
    rouvert_le = Subquery(retours.order_by("history_id").values("history_date")[:1])
    venu_le = Coalesce("last_login", "date_joined")
    # On SQLite the greatest of a date and of none is none.
    autres = (Coalesce(date, venu_le) for date in ("invite_le", rouvert_le))
    return agents.annotate(vu_le=Greatest(venu_le, *autres))


def silencieux(avant):
    """Active agents who did not come since that moment; whoever keeps the server is left alone."""
    agents = dates_de_silence(Agent.objects.filter(is_active=True, is_superuser=False))
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
    """Nobody is closed unwarned, even by a worker or a mail server that slept; without an address
    that takes letters, nobody can be."""
    limite = maintenant - min(PREAVIS)
    avis = Courriel.objects.filter(agent=agent, cle__startswith=cle_du_silence(agent))
    avis = avis.filter(ecrit_le__lte=limite).exclude(envoye_le__gt=limite)
    if not Courriel.objects.dont_l_adresse_refuse().filter(agent=agent).exists():
        avis = avis.exclude(pk__in=Courriel.objects.en_chemin().values("pk"))
    return not agent.email or avis.exists()


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
        f"compte sera fermé le {ferme}.\n\n{settings.ADRESSE_DU_SITE}{reverse('account_login')}\n\n"
        "Rien de ce que vous avez fait n’est effacé. Après ce jour, la délégation rouvrira votre "
        "compte à votre demande\u202f: la même page dit où lui écrire.\n",
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
    agent = dates_de_silence(Agent.objects.filter(pk=courriel.agent_id)).get()
    est_le_meme = cle.startswith(f"{agent.vu_le:%Y%m%d}")
    return "" if est_le_meme else "cette personne s’est connectée depuis"


juges.inscrire(silence=_revenu)
