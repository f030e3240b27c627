"""What a schedule asks of the worker: run its command, and keep what it said."""

from io import StringIO

from django.core.management import call_command
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from config.taches.models import Echeance
from config.taches.planning import planning


@task()
def passer(nom):
    """One run of this schedule. Whatever it raises is kept in one line, and raised again."""
    echeance = Echeance.objects.filter(nom=nom)
    echeance.update(commencee_le=timezone.now(), finie_le=None)
    commande, *arguments = planning()[nom].commande
    sortie, erreurs = StringIO(), StringIO()
    try:
        call_command(commande, *arguments, stdout=sortie, stderr=erreurs, no_color=True)
    except BaseException as erreur:
        dit = f"{type(erreur).__name__} : {erreur}"
        echeance.update(finie_le=timezone.now(), dit=dit[:500], echecs=F("echecs") + 1)
        raise
    dit = " ".join(f"{sortie.getvalue()} {erreurs.getvalue()}".split())
    echeance.update(finie_le=timezone.now(), dit=dit[:500], echecs=0)
