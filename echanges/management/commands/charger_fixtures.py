"""Load every CSV file of a folder through the resources; safe to run again."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from echanges.erreurs import FichierRefuse
from echanges.registre import resources
from echanges.statistiques import analyser

ERREURS_MONTREES = 10


class Command(BaseCommand):
    help = "Charge les fichiers CSV d’un dossier, dans l’ordre de leurs dépendances."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dossier", type=Path, default=settings.BASE_DIR / "fixtures", help="Dossier des CSV."
        )

    def handle(self, *, dossier, **options):
        fichiers = self._fichiers(dossier)
        with transaction.atomic():
            for fichier, classe in fichiers:
                self._charger(fichier, classe, muet=options["verbosity"] == 0)
            # Once all is there: passages and avis come after the fiches that they decide.
            for _, classe in fichiers:
                if phrases := list(classe(chargement=True).incoherences())[:ERREURS_MONTREES]:
                    raise CommandError("Rien n’est chargé.\n" + "\n".join(phrases))
            analyser()

    def _fichiers(self, dossier):
        if not dossier.is_dir():
            raise CommandError(f"Le dossier {dossier} n’existe pas.")
        presents = {fichier.stem: fichier for fichier in sorted(dossier.glob("*.csv"))}
        connus = resources()
        if not presents:
            raise CommandError(f"Le dossier {dossier} ne contient aucun fichier CSV.")
        if inconnus := sorted(presents.keys() - connus.keys()):
            raise CommandError(
                f"{inconnus[0]}.csv ne correspond à aucun objet. Noms admis : {', '.join(connus)}."
            )
        return [(presents[nom], classe) for nom, classe in connus.items() if nom in presents]

    def _charger(self, fichier, classe, muet):
        def progression(lignes):
            return tqdm(
                lignes, desc=fichier.name, unit=" lignes", disable=muet or None, leave=False
            )

        resource = classe(chargement=True)
        try:
            rapport = resource.analyser(fichier.read_bytes(), progression)
            if erreurs := rapport.erreurs():
                montrees = "\n".join(f"  {erreur}" for erreur in erreurs[:ERREURS_MONTREES])
                raise CommandError(f"{fichier.name} : {len(erreurs)} erreurs.\n{montrees}")
            resource.appliquer(rapport, f"Chargement de {fichier.name}", progression)
        except FichierRefuse as erreur:
            raise CommandError(f"{fichier.name} : {erreur}") from erreur
        if not muet:
            comptes = rapport.comptes()
            self.stdout.write(
                f"{fichier.name} : {comptes['creees']} créées, {comptes['modifiees']} modifiées, "
                f"{comptes['inchangees']} inchangées"
            )
