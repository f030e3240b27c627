"""Export one kind of object, to a file or to the terminal."""

import os
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from echanges.dialectes import FORMATS
from echanges.exports.extraction import Extraction
from echanges.exports.morceaux import ecrire, empechement
from echanges.management.commands.importer import agent_nomme, panne
from echanges.registre import resources

ECHEC, MAL_ECRITE, NE_TIENT_PAS = 1, 2, 3
TERMINAL = Path("-")


class Command(BaseCommand):
    help = (
        "Exporte les objets d’un modèle en CSV, XLSX ou ODS. Le fichier ne prend son nom qu’une "
        "fois entier. Code de sortie : 0 si tout est écrit, 1 si l’écriture échoue, 2 si la "
        "commande est mal écrite, 3 si un classeur ne peut pas tout contenir."
    )

    def add_arguments(self, parser):
        modele = parser.add_mutually_exclusive_group(required=True)
        modele.add_argument("objets", nargs="?", choices=list(resources()), metavar="MODELE")
        modele.add_argument("--modele", choices=list(resources()), help="Le même, nommé.")
        parser.add_argument(
            "--dialecte",
            choices=list(FORMATS),
            help="Format du fichier ; sans lui, selon le nom du fichier, sinon machine.",
        )
        parser.add_argument(
            "--sortie", type=Path, default=TERMINAL, help="Fichier à écrire ; « - » : le terminal."
        )
        parser.add_argument("--colonnes", help="En-têtes à garder, séparés par des virgules.")
        parser.add_argument("--region", help="Code Insee : les seuls objets de cette région.")
        parser.add_argument("--territoire", help="Identifiant : les seuls objets du territoire.")
        parser.add_argument("--agent", help="Identifiant de l’agent dont les droits valent.")

    def handle(self, *, objets, modele, sortie, dialecte, colonnes, agent, **options):
        modele = objets or modele
        resource = resources()[modele](agent=agent_nomme(agent))
        dialecte = FORMATS[dialecte or _selon_le_nom(sortie)]
        rangees = resource.modele._default_manager.all()
        for filtre in ("region", "territoire"):
            if options[filtre]:
                rangees = rangees.filter(**{self._chemin(resource, filtre): options[filtre]})
        extraction = Extraction(resource, rangees, colonnes=self._colonnes(resource, colonnes))
        if raison := empechement(extraction, dialecte):
            raise CommandError(raison, returncode=NE_TIENT_PAS)
        nombre = extraction.rangees().count()
        muet = options["verbosity"] == 0 or None  # None: silent when it is not a terminal
        extraction.progression = lambda lignes: tqdm(
            lignes, desc=modele, total=nombre, unit=" lignes", disable=muet, leave=False
        )
        try:
            with closing(ecrire(extraction, dialecte)) as morceaux:
                _ecrire(sortie, morceaux)
        except OSError as erreur:
            nom = "La sortie" if sortie == TERMINAL else sortie
            raise CommandError(f"{nom} {panne(erreur)}.", returncode=ECHEC) from erreur
        except DatabaseError as erreur:
            raise CommandError(
                f"La base de données a fait défaut : rien n’est écrit. ({erreur})", returncode=ECHEC
            ) from erreur
        if sortie != TERMINAL and options["verbosity"]:
            self.stderr.write(f"{sortie} : {nombre} {resource.titre()}.")

    def _colonnes(self, resource, voulues):
        """The headers asked for, with those of the key; None is all."""
        if not voulues:
            return None
        voulues = [entete.strip() for entete in voulues.split(",")]
        if inconnues := [e for e in voulues if e not in resource.entetes()]:
            raise CommandError(
                f"Colonnes inconnues : {', '.join(inconnues)}. Il y a : "
                f"{', '.join(resource.entetes())}.",
                returncode=MAL_ECRITE,
            )
        return {*voulues, *resource._meta.import_id_fields}

    def _chemin(self, resource, filtre):
        """The lookup that limits these rows, their own or that of what they hang on."""
        if chemin := resource._meta.filtres.get(filtre):
            return chemin
        parents = [c for c in resources().values() if c._meta.model is resource.modele_parent()]
        for parent in parents:
            if chemin := parent._meta.filtres.get(filtre):
                return f"{resource._meta.parent}__{chemin}"
        raise CommandError(
            f"Le modèle {resource._meta.nom} ne se filtre pas par {filtre}.",
            returncode=MAL_ECRITE,
        )


def _selon_le_nom(sortie):
    return {".xlsx": "xlsx", ".ods": "ods"}.get(sortie.suffix.lower(), "machine")


def _ecrire(sortie, morceaux):
    """A half-written export never bears the name of a whole one, and none is left behind."""
    if sortie == TERMINAL:
        sys.stdout.buffer.writelines(morceaux)
        sys.stdout.buffer.flush()
        return
    with tempfile.NamedTemporaryFile(
        dir=sortie.parent, prefix=f".{sortie.name}.", suffix=".partiel", delete=False
    ) as fichier:
        provisoire = Path(fichier.name)
        try:
            fichier.writelines(morceaux)
            fichier.flush()
            os.fsync(fichier.fileno())
            provisoire.chmod(0o644)
            provisoire.replace(sortie)
        finally:
            provisoire.unlink(missing_ok=True)
