"""Previews that nobody confirmed lose their file; an upload does it too."""

from django.core.management.base import BaseCommand

from echanges.models import ATTENTE, Import


class Command(BaseCommand):
    help = f"Efface les aperçus d’import restés sans réponse depuis {ATTENTE.days} jours."

    def handle(self, **options):
        nombre = Import.objects.oublier_les_anciens()
        self.stdout.write(f"Aperçus abandonnés : {nombre}.")
