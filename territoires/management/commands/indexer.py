"""`manage.py indexer`: take in what was written since the last search, or make the index anew."""

from django.core.management.base import BaseCommand

from territoires.recherche.indexation import mettre_a_jour
from territoires.recherche.models import Indexation, Trouvable


class Command(BaseCommand):
    help = (
        "Met à jour l’index de la recherche. La première recherche le ferait aussi\u202f: à lancer "
        "après un chargement ou une nouvelle version, pour que personne ne l’attende."
    )

    def add_arguments(self, parser):
        parser.add_argument("--refaire", action="store_true", help="Le refaire en entier.")

    def handle(self, *, refaire, **options):
        if refaire:
            Indexation.objects.all().delete()
        mettre_a_jour()
        self.stdout.write(f"Objets trouvables\u202f: {Trouvable.objects.count()}.")
