"""Tasks whose worker died: asked again, a few times, then told as failed."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config.taches.horloge import HOTE, existe
from config.taches.models import SILENCE, Echeance, Ouvrier

ESSAIS = 3
OUBLI = timedelta(minutes=15)  # a process of that number may be another one by then
PERDUE = "config.taches.secours.Perdue"
DIT = (
    "L’ouvrier qui faisait cette tâche s’est arrêté au milieu, {essais} fois de suite. "
    "Regardez le journal du serveur, puis relancez-la."
)


def est_mort(ouvrier):
    """Not heard of; on this machine, the list of processes knows better and sooner."""
    silence = timezone.now() - ouvrier.vu_le
    if ouvrier.hote == HOTE:
        return not existe(ouvrier.pid) or silence > OUBLI
    return silence > SILENCE


def secourir():
    """Give back what dead workers held; how many tasks were."""
    vivants = set()
    for ouvrier in Ouvrier.objects.all():
        if est_mort(ouvrier):
            ouvrier.delete()
        else:
            vivants.add(ouvrier.nom)
    en_cours = DBTaskResult.objects.running().values_list("pk", "worker_ids")
    # The name of a worker is that of its process, and of its queue.
    perdues = [(pk, noms) for pk, noms in en_cours if noms[-1].partition(".")[0] not in vivants]
    return sum(_rendre(pk, noms) for pk, noms in perdues)


def rendre_les_miennes(nom):
    """This worker starts anew: what it had in hand was left in the middle."""
    en_cours = DBTaskResult.objects.running().values_list("pk", "worker_ids")
    return sum(_rendre(pk, noms) for pk, noms in en_cours if noms[-1] == nom)


@transaction.atomic
def _rendre(pk, noms):
    """Whether this task was given back: not when another worker took it meanwhile."""
    tache = DBTaskResult.objects.running().select_for_update(skip_locked=True).filter(pk=pk)
    tache = tache.first()
    if tache is None or tache.worker_ids != noms:
        return False
    if len(noms) < ESSAIS:
        tache.status = "READY"
    else:
        dit = DIT.format(essais=ESSAIS)
        tache.status, tache.finished_at = "FAILED", timezone.now()
        tache.exception_class_path, tache.traceback = PERDUE, dit
        echeance = Echeance.objects.filter(tache=pk)
        echeance.update(finie_le=timezone.now(), dit=dit, echecs=F("echecs") + 1)
    tache.save()
    return True
