"""Export every row of one kind of object, to a file or to the terminal."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from echanges.dialectes import DIALECTES
from echanges.registre import ressources


class Command(BaseCommand):
    help = "Exporte tous les objets d’un modèle en CSV."

    def add_arguments(self, parser):
        parser.add_argument("modele", choices=list(ressources()))
        parser.add_argument("--dialecte", choices=list(DIALECTES), default="machine")
        parser.add_argument("--sortie", type=Path, help="Fichier à écrire (sinon : le terminal).")

    def handle(self, *, modele, dialecte, sortie, **options):
        morceaux = ressources()[modele]().exporter(dialecte=DIALECTES[dialecte])
        if sortie is None:
            sys.stdout.buffer.writelines(morceaux)
            return
        # A half-written export never bears the name of a whole one.
        provisoire = sortie.with_name(sortie.name + ".partiel")
        with provisoire.open("wb") as fichier:
            fichier.writelines(morceaux)
        provisoire.replace(sortie)
        self.stderr.write(f"{sortie} écrit.")
