from django.core.management.base import BaseCommand, CommandError

from evenements.fusion import fusionner
from evenements.models import Intervenant


class Command(BaseCommand):
    help = "Fusionne un intervenant saisi sous plusieurs orthographes : ses paroles sont gardées."

    def add_arguments(self, parser):
        parser.add_argument("garde", help="identifiant de l’intervenant à garder")
        parser.add_argument("doublons", nargs="+", help="identifiants à fondre dans celui-ci")

    def handle(self, garde, doublons, **options):
        identifiants = {garde, *doublons}
        connus = {
            i.identifiant: i for i in Intervenant.objects.filter(identifiant__in=identifiants)
        }
        if inconnus := sorted(identifiants - set(connus)):
            raise CommandError(f"Aucun intervenant ne porte : {', '.join(inconnus)}.")
        try:
            nombre = fusionner(connus[garde], doublons=[connus[d].pk for d in doublons])
        except ValueError as erreur:
            raise CommandError(str(erreur)) from erreur
        self.stdout.write(f"{connus[garde]} : {nombre} intervention(s) reprise(s).")
