"""The clock of the workers: what is due is asked once, whoever of them sees it first."""

import os
import socket

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config.taches.models import Echeance
from config.taches.planning import planning
from config.taches.taches import passer

HOTE = socket.gethostname()[:100]
EN_COURS = ("READY", "RUNNING")


def sonner():
    """Ask for each schedule whose time has come; the names of those that were."""
    maintenant, taches = timezone.now(), planning()
    connues = {e.nom: e for e in Echeance.objects.all()}
    if connues.keys() != taches.keys():
        _accorder(taches, connues, maintenant)
        connues = {e.nom: e for e in Echeance.objects.all()}
    dues = [
        nom
        for nom, echeance in connues.items()
        if echeance.prochaine_le <= maintenant
        and (taches[nom].attendue is None or taches[nom].attendue())
        and not _est_en_cours(echeance)
    ]
    return [nom for nom in dues if _demander(taches[nom], maintenant)]


def _accorder(taches, connues, maintenant):
    """A schedule that came is due at its first time, one that went is forgotten."""
    Echeance.objects.exclude(nom__in=taches).delete()
    nouvelles = [
        Echeance(nom=nom, prochaine_le=tache.quand.prochaine(maintenant))
        for nom, tache in taches.items()
        if nom not in connues
    ]
    Echeance.objects.bulk_create(nouvelles, ignore_conflicts=True)


def _est_en_cours(echeance):
    taches = DBTaskResult.objects.filter(pk=echeance.tache, status__in=EN_COURS)
    return echeance.tache is not None and taches.exists()


@transaction.atomic
def _demander(tache, maintenant):
    """Under the lock of the row: of two workers, the second finds that its time is past."""
    dues = Echeance.objects.select_for_update(skip_locked=True).filter(
        nom=tache.nom, prochaine_le__lte=maintenant
    )
    echeance = dues.first()
    if echeance is None or _est_en_cours(echeance):
        return False
    # Its last run is told on the row of the schedule: one row of work for each is enough.
    DBTaskResult.objects.filter(pk=echeance.tache).delete()
    echeance.tache = passer.enqueue(tache.nom).id
    echeance.prochaine_le = tache.quand.prochaine(maintenant)
    echeance.save(update_fields=["tache", "prochaine_le"])
    return True


def existe(pid):
    """Whether a process of this number lives on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
