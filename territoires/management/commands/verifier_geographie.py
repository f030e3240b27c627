"""`manage.py verifier_geographie SOURCE`: the official geography of a year beside the database."""

import datetime
from functools import partial
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from territoires.geographie.reconstruction.archives import SourceManquante
from territoires.preparation import rapport as rapport_geographie
from territoires.preparation.millesime import Millesime, appliquer, comparer

DES_ECARTS = 3  # exit code: differences were found; 0 nothing to do, 1 an error


class Command(BaseCommand):
    help = (
        "Compare la géographie officielle d’une année avec la base : intercommunalités fusionnées, "
        "dissoutes, renommées, nouvelles, communes déplacées. Sans --appliquer, rien n’est écrit "
        "en base. Codes de sortie : 0 aucun écart ou écarts appliqués, 3 des écarts, 1 une erreur."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "source", type=Path, help="archive .tgz de @etalab/decoupage-administratif, ou dossier"
        )
        parser.add_argument(
            "--rapport", type=Path, help="écrit les écarts dans ce CSV, où approuver par oui ou non"
        )
        parser.add_argument(
            "--appliquer", type=Path, metavar="RAPPORT", help="écrit ce que ce rapport approuve"
        )
        parser.add_argument(
            "--au",
            type=datetime.date.fromisoformat,
            default=datetime.date(datetime.date.today().year, 1, 1),
            help="date d’effet, AAAA-MM-JJ (par défaut, le 1er janvier de cette année)",
        )
        parser.add_argument(
            "--edition",
            metavar="CODE",
            help="avec --appliquer, prépare aussi ce brouillon d’édition de la carte",
        )

    def handle(self, *args, source, rapport, appliquer, au, edition, **options):
        if edition and not appliquer:
            raise CommandError("--edition va avec --appliquer : approuvez d’abord le rapport.")
        barre = partial(tqdm, unit="ligne", delay=0.5, disable=options["verbosity"] == 0)
        try:
            millesime = Millesime(source)
            if appliquer:
                return self._appliquer(millesime, appliquer, au, edition, source)
            ecarts = comparer(millesime, barre)
            if rapport:
                rapport_geographie.ecrire(rapport, ecarts)
        except ValidationError as erreur:
            raise CommandError(" ".join(erreur.messages)) from erreur
        except (SourceManquante, OSError) as erreur:
            raise CommandError(str(erreur)) from erreur
        return self._dire(ecarts, rapport)

    def _dire(self, ecarts, rapport):
        if not ecarts:
            self.stdout.write("Aucun écart : la base est à jour.")
            return
        for ligne in rapport_geographie.resume(ecarts):
            self.stdout.write(ligne)
        if rapport:
            self.stdout.write(
                f"Rapport écrit dans {rapport} : mettez oui ou non dans « approuve », "
                "puis relancez avec --appliquer."
            )
        raise SystemExit(DES_ECARTS)

    @transaction.atomic
    def _appliquer(self, millesime, rapport, au, edition, source):
        approuves = rapport_geographie.lire(rapport)
        self.stdout.write(f"Écarts appliqués : {appliquer(millesime, approuves, au)}.")
        if edition:
            origine = f"Édition en vigueur, mise à jour d’après {source.name}."
            brouillon, phrases = rapport_geographie.proposer(edition, au, origine)
            for phrase in phrases:
                self.stdout.write(f"  {phrase}")
            self.stdout.write(f"Brouillon préparé : {brouillon}.")
