"""`manage.py sauvegarder DESTINATION`: database and attachments in one archive."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.sauvegardes.sauvegarde import sauvegarder

NOM, SUFFIXE = "territoires-", ".zip"
MOTIF = f"{NOM}*{SUFFIXE}"


class Command(BaseCommand):
    help = (
        "Sauvegarde la base et les pièces jointes dans une archive datée, d’un même instant, sans "
        "arrêter le service. DESTINATION est un dossier, ou « - » pour écrire sur la sortie."
    )

    def add_arguments(self, parser):
        parser.add_argument("destination", help="dossier des archives, ou « - »")
        parser.add_argument(
            "--garder", type=int, default=0, help="nombre d’archives à garder (0 : toutes)"
        )

    def handle(self, *, destination, garder, **options):
        if destination == "-":
            sauvegarder(sys.stdout.buffer)
            return
        dossier = Path(destination)
        archive = dossier / f"{NOM}{timezone.localtime():%Y%m%d-%H%M%S}{SUFFIXE}"
        try:
            dossier.mkdir(parents=True, exist_ok=True)
            manifeste = self._ecrire(archive)
        except OSError as erreur:
            raise CommandError(f"L’archive n’a pas pu être écrite : {erreur}.") from erreur
        lignes = sum(table["lignes"] for table in manifeste["tables"].values())
        self.stdout.write(f"{archive} : {lignes} lignes, {manifeste['fichiers']} fichiers.")
        for nom in manifeste["manquants"]:
            self.stderr.write(f"Fichier introuvable, absent de l’archive : {nom}")
        if garder > 0:
            self._oublier(dossier, garder)

    def _ecrire(self, archive):
        """Under its name once it is whole; its hash beside it, as `sha256sum -c` reads it."""
        partielle = archive.with_suffix(".partielle")
        try:
            partielle.touch(mode=0o600, exist_ok=False)  # it holds all that agents wrote
            with partielle.open("wb") as sortie:
                manifeste, somme = sauvegarder(sortie)
            archive.with_suffix(f"{SUFFIXE}.sha256").write_text(f"{somme}  {archive.name}\n")
            partielle.replace(archive)
        finally:
            partielle.unlink(missing_ok=True)
        return manifeste

    def _oublier(self, dossier, garder):
        for archive in sorted(dossier.glob(MOTIF))[:-garder]:
            archive.unlink()
            archive.with_suffix(f"{SUFFIXE}.sha256").unlink(missing_ok=True)
            self.stdout.write(f"Archive effacée : {archive.name}.")
