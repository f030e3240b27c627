"""What is asked of the worker: its queues, one thread each, so that what is long delays nothing."""

from django.db import transaction
from django_tasks_db.models import DBTaskResult

COURANTE, LONGUE = FILES = ("default", "longue")
_PRESENCES = []


def inscrire(presence):
    """Who knows whether a worker is there, told when the apps are ready."""
    _PRESENCES[:] = [presence]


def est_servi():
    """Whether a worker is there to do what would be asked of it."""
    return any(presence() for presence in _PRESENCES)


def attend(tache):
    """Whether this task is still to be begun, None once it failed or is known no more."""
    etat = DBTaskResult.objects.filter(pk=tache).values_list("status", flat=True).first()
    return {"READY": True, "RUNNING": False, "SUCCESSFUL": False}.get(etat)


def essais(tache):
    """How many workers took this task in hand."""
    noms = DBTaskResult.objects.filter(pk=tache).values_list("worker_ids", flat=True).first()
    return len(noms or ())


@transaction.atomic
def relancer(tache):
    """Ask again for a task that failed; whether it was one."""
    tache = DBTaskResult.objects.failed().select_for_update().filter(pk=tache).first()
    if tache is None:
        return False
    tache.status, tache.worker_ids = "READY", []
    tache.started_at = tache.finished_at = None
    tache.exception_class_path = tache.traceback = ""
    tache.save()
    return True
