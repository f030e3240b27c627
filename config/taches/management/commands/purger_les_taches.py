"""`manage.py purger_les_taches`: finished tasks leave the table after a while."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

GARDE, GARDE_DES_ECHECS = timedelta(days=7), timedelta(days=30)


class Command(BaseCommand):
    help = "Efface les tâches de fond finies depuis une semaine, et les échecs d’il y a un mois."

    def handle(self, **options):
        maintenant, taches = timezone.now(), DBTaskResult.objects
        finies, _ = taches.successful().filter(finished_at__lt=maintenant - GARDE).delete()
        echecs, _ = taches.failed().filter(finished_at__lt=maintenant - GARDE_DES_ECHECS).delete()
        self.stdout.write(f"Tâches effacées : {finies} finies, {echecs} en échec.")
