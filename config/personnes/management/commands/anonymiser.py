"""`manage.py anonymiser FICHIER`: a copy of the base in which nobody is told of, for tests."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from config.personnes.copie import anonymiser


class Command(BaseCommand):
    help = (
        "Écrit une copie anonymisée de la base, où noms, adresses, textes et fichiers sont "
        "remplacés. Elle se charge dans une base neuve par « restaurer ». Rien n’est changé ici."
    )

    def add_arguments(self, parser):
        parser.add_argument("fichier", help="l’archive à écrire, par exemple copie.zip")
        parser.add_argument(
            "--mot-de-passe",
            default="",
            help="celui de tous les comptes de la copie ; sans lui, personne ne s’y connecte",
        )

    def handle(self, *, fichier, mot_de_passe, **options):
        chemin = Path(fichier)
        try:
            with chemin.open("xb") as sortie:
                manifeste, _ = anonymiser(sortie, mot_de_passe)
        except FileExistsError as erreur:
            raise CommandError(f"{chemin} existe déjà : rien n’a été écrit.") from erreur
        except BaseException as erreur:
            chemin.unlink(missing_ok=True)
            if isinstance(erreur, OSError):
                raise CommandError(f"La copie n’a pas pu être écrite : {erreur}.") from erreur
            raise
        lignes = sum(table["lignes"] for table in manifeste["tables"].values())
        self.stdout.write(f"{chemin} : {lignes} lignes, {manifeste['fichiers']} fichiers anonymes.")
