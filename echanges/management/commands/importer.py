"""Import one file from the terminal: a preview, then `--confirmer` writes everything or nothing."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from echanges.erreurs import FichierRefuse
from echanges.models import Import
from echanges.registre import ressources


class Command(BaseCommand):
    help = "Importe un fichier CSV, XLSX ou ODS. Sans --confirmer, montre seulement l’aperçu."

    def add_arguments(self, parser):
        parser.add_argument("fichier", type=Path)
        parser.add_argument("--modele", required=True, choices=list(ressources()))
        parser.add_argument("--confirmer", action="store_true", help="Écrire dans la base.")

    def handle(self, *, fichier, modele, confirmer, **options):
        try:
            contenu = fichier.read_bytes()
        except OSError as erreur:
            raise CommandError(f"{fichier} ne se lit pas : {erreur.strerror}.") from erreur
        with transaction.atomic():
            try:
                ressource = ressources()[modele]()
                rapport = ressource.analyser(contenu, self._progression(fichier, options))
                self._raconter(rapport)
                if rapport.refus:
                    raise CommandError("Rien n’est écrit : corrigez les lignes refusées.")
                if confirmer:
                    self._ecrire(ressource, rapport, fichier, contenu)
            except FichierRefuse as erreur:
                raise CommandError(str(erreur)) from erreur

    def _progression(self, fichier, options):
        muet = options["verbosity"] == 0 or None
        return lambda lignes: tqdm(lignes, desc=fichier.name, disable=muet, leave=False)

    def _raconter(self, rapport):
        comptes = rapport.comptes()
        self.stdout.write(f"Reconnu : {rapport.tableau.reconnu()}.")
        self.stdout.write(
            f"{comptes['creees']} créées, {comptes['modifiees']} modifiées, "
            f"{comptes['inchangees']} inchangées, {comptes['refusees']} refusées"
        )
        for phrase in (*rapport.remarques, *rapport.erreurs()):
            self.stdout.write(f"  {phrase}")

    def _ecrire(self, ressource, rapport, fichier, contenu):
        depot = Import(ressource=ressource._meta.nom, nom_du_fichier=fichier.name, contenu=contenu)
        depot.noter(rapport)
        depot.save()
        ressource.appliquer(rapport, depot.raison)
        depot.clore(Import.Etat.CONFIRME)
        self.stdout.write("Import enregistré.")
