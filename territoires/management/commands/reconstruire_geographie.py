"""`manage.py reconstruire_geographie DOSSIER`: rewrite the geographic fixtures."""

from argparse import RawDescriptionHelpFormatter
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from territoires.geographie.reconstruction.archives import SourceManquante, commandes
from territoires.geographie.reconstruction.assemblage import ETAPES, reconstruire
from territoires.geographie.reconstruction.decoupage import MembreInconnu


class Command(BaseCommand):
    help = (
        "Réécrit regions, departements, intercommunalites, communes, localites et contours dans "
        "fixtures/, à partir d’archives publiques placées dans DOSSIER. Pour les obtenir, lancez "
        "dans ce dossier\u202f:\n\n  "
        + "\n  ".join(commandes())
        + "\n\nIl n’y a rien à décompresser."
    )

    def create_parser(self, *args, **kwargs):
        kwargs.setdefault("formatter_class", RawDescriptionHelpFormatter)
        return super().create_parser(*args, **kwargs)

    def add_arguments(self, parser):
        parser.add_argument("dossier", type=Path, help="dossier qui contient les archives")
        parser.add_argument(
            "--fixtures",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="dossier des fixtures à réécrire (par défaut, celui du projet)",
        )

    def handle(self, *args, dossier, fixtures, **options):
        muet = options["verbosity"] == 0
        with tqdm(total=ETAPES, unit="étape", delay=0.5, disable=muet) as barre:

            def suivre(etape):
                barre.set_description(etape)
                barre.update()

            try:
                comptes = reconstruire(dossier, fixtures, suivre)
            except (SourceManquante, MembreInconnu, OSError) as erreur:
                raise CommandError(str(erreur)) from erreur
        if not muet:
            for nom, nombre in comptes.items():
                self.stdout.write(f"{nom}\u202f: {nombre} lignes")
