from django.conf import settings
from django.core.management.base import BaseCommand

from config.donnees.archives import archiver


class Command(BaseCommand):
    help = "Fait l’archive du mois de toutes les données ouvertes, à la place de la précédente."

    def handle(self, *args, **options):
        self.stdout.write(f"Archive faite : {archiver(settings.ADRESSE_DU_SITE)}")
