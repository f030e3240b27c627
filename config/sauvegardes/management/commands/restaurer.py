"""`manage.py restaurer ARCHIVE`: an archive back in an empty base, verified row by row."""

from pathlib import Path

from django.core.management.base import BaseCommand

from config.sauvegardes.archive import Lecture
from config.sauvegardes.restauration import restaurer


class Command(BaseCommand):
    help = (
        "Restaure une archive de « sauvegarder » dans une base vide, SQLite ou PostgreSQL, et "
        "relit tout pour vérifier. Rien n’est restauré si une ligne ou un octet diffère."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path, help="fichier .zip d’une sauvegarde")
        parser.add_argument(
            "--verifier", action="store_true", help="vérifie l’archive, sans rien restaurer"
        )

    def handle(self, *, archive, verifier, verbosity, **options):
        lecture = Lecture(archive)
        dits = lecture.manifeste
        lignes = sum(table["lignes"] for table in dits["tables"].values())
        contenu = f"{lignes} lignes, {dits['fichiers']} fichiers, du {dits['faite_le']}"
        if verifier:
            self.stdout.write(f"Archive entière : {contenu}.")
            return
        restaurer(lecture, self.stdout.write if verbosity > 1 else lambda phrase: None)
        self.stdout.write(f"Restauré et vérifié : {contenu}.")
        for nom in dits["manquants"]:
            self.stderr.write(f"Ce fichier manquait déjà à la sauvegarde : {nom}")
        self.stdout.write("Chacun se connecte à nouveau ; lancez « manage.py indexer ».")
