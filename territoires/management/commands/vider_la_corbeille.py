"""`manage.py vider_la_corbeille`: files of rows deleted more than a month ago go for good."""

from django.core.management.base import BaseCommand

from territoires.supprimes.corbeille import GARDE, vider


class Command(BaseCommand):
    help = (
        f"Efface pour de bon les fichiers des lignes supprimées depuis plus de {GARDE.days} jours."
    )

    def handle(self, **options):
        self.stdout.write(f"Fichiers effacés : {vider()}.")
