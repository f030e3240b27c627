"""Import one file from the terminal: a preview, then `--confirmer` writes everything or nothing."""

import errno
import sys
from argparse import ArgumentTypeError
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from tqdm import tqdm

from echanges.erreurs import FichierRefuse
from echanges.imports import compte_rendu
from echanges.imports.confirmation import confirmer as confirmer_l_import
from echanges.lecture.decodage import ENCODAGES
from echanges.lecture.tableau import (
    RECONNUS,
    SEPARATEURS,
    TAILLE_MAXIMALE,
    Choix,
    cle_d_entete,
    refuser_la_taille,
)
from echanges.models import Import
from echanges.registre import resources

FICHIER_REFUSE, LIGNES_REFUSEES, SANS_DROIT = 1, 3, 4
MONTREES = 50
TERMINAL = Path("-")
ISSUES = [
    ("creees", "créée"),
    ("modifiees", "modifiée"),
    ("inchangees", "inchangée"),
    ("refusees", "refusée"),
]
RAISONS = {
    FileNotFoundError: "n’existe pas",
    IsADirectoryError: "est un dossier",
    PermissionError: "ne peut pas être ouvert",
    BrokenPipeError: "s’est fermée avant la fin",
}


class Command(BaseCommand):
    help = (
        "Importe un fichier CSV, XLSX ou ODS. Sans --confirmer, montre seulement l’aperçu. "
        "Code de sortie : 0 si tout peut être écrit (ou l’est), 1 si le fichier est refusé, "
        "2 si la commande est mal écrite, 3 si des lignes le sont, 4 sans le droit d’importer."
    )

    def add_arguments(self, parser):
        parser.add_argument("fichier", type=Path, help="« - » : ce que reçoit la commande.")
        parser.add_argument("--modele", required=True, choices=list(resources()))
        parser.add_argument("--confirmer", action="store_true", help="Écrire dans la base.")
        parser.add_argument(
            "--agent",
            help="Identifiant de l’agent dont les droits valent.",
        )
        parser.add_argument(
            "--rapport", type=Path, help="Écrire le compte rendu dans ce fichier .json ou .csv."
        )
        parser.add_argument("--encodage", choices=list(ENCODAGES), default="")
        parser.add_argument(
            "--separateur",
            type=lambda signe: {"tab": "\t", "\\t": "\t"}.get(signe, signe),
            choices=list(SEPARATEURS),
            default="",
            metavar="SIGNE",
            help="Parmi ; , | et tab.",
        )
        parser.add_argument("--feuille", default="", help="Feuille du classeur à lire.")
        parser.add_argument("--dates", choices=["mja"], default="", help="mja : MM/JJ/AAAA.")
        parser.add_argument("--ligne", type=int, default=0, help="Ligne des en-têtes.")
        parser.add_argument(
            "--colonne",
            action="append",
            default=[],
            type=colonne_dite,
            metavar="EN-TÊTE=COLONNE",
            help="Ce qu’est une colonne du fichier ; « EN-TÊTE= » l’ignore. Peut se répéter.",
        )
        parser.add_argument("--nombres", choices=["virgule", "point"], default="")

    def handle(self, *, fichier, modele, confirmer, agent, rapport, **options):
        if rapport and rapport.suffix not in (".json", ".csv"):
            raise CommandError("Le compte rendu s’écrit en .json ou en .csv.", returncode=2)
        resource = resources()[modele](agent=agent_nomme(agent))
        colonnes = dict(options["colonne"])
        if inconnues := set(filter(None, colonnes.values())) - set(resource.entetes()):
            phrase = f"Colonnes inconnues : {', '.join(sorted(inconnues))}."
            raise CommandError(phrase, returncode=2)
        lecture = {nom: options[nom] or "" for nom in RECONNUS}
        choix = Choix(**lecture, ligne=options["ligne"], colonnes=colonnes)
        nom = fichier.name.encode(errors="replace").decode()[:200]  # a name may be no UTF-8
        depot = Import(resource=modele, nom_du_fichier=nom, auteur=resource.agent)
        try:
            depot.fichier = self._lire(fichier)
            if confirmer:
                with transaction.atomic():
                    lu = self._analyser(resource, depot, choix, rapport, options)
                    self._ecrire(resource, depot, lu, options)
            else:
                self._analyser(resource, depot, choix, rapport, options)
        except OSError as erreur:
            raise CommandError(f"{erreur.filename or fichier} {panne(erreur)}.") from erreur
        except FichierRefuse as erreur:
            raise CommandError(str(erreur), returncode=FICHIER_REFUSE) from erreur
        except PermissionDenied as erreur:
            raise CommandError(str(erreur), returncode=SANS_DROIT) from erreur
        except DatabaseError as erreur:
            raise CommandError(
                f"La base de données a fait défaut : rien n’est écrit. ({erreur})"
            ) from erreur

    def _lire(self, fichier):
        """The bytes of this file, when they are not more than an import takes."""
        if fichier == TERMINAL:
            octets = sys.stdin.buffer.read(TAILLE_MAXIMALE + 1)
            if len(octets) > TAILLE_MAXIMALE:
                refuser_la_taille(len(octets))
            return octets
        if fichier.stat().st_size > TAILLE_MAXIMALE:
            refuser_la_taille(fichier.stat().st_size)
        return fichier.read_bytes()

    def _progression(self, nom, options):
        muet = options["verbosity"] == 0 or None  # None: silent when it is not a terminal
        return lambda lignes: tqdm(lignes, desc=nom, unit=" lignes", disable=muet, leave=False)

    def _analyser(self, resource, depot, choix, chemin, options):
        progression = self._progression(depot.nom_du_fichier, options)
        rapport = resource.analyser(depot.fichier, progression, choix)
        self._raconter(rapport)
        if chemin:
            entete = {"fichier": depot.nom_du_fichier, "modele": depot.resource}
            compte_rendu.ecrire(chemin, rapport, entete | {"empreinte": depot.empreinte})
        if rapport.refus:
            raise CommandError(
                "Rien n’est écrit : corrigez les lignes refusées.", returncode=LIGNES_REFUSEES
            )
        return rapport

    def _raconter(self, rapport):
        comptes = rapport.comptes()
        self.stdout.write(f"Reconnu : {rapport.tableau.reconnu()}.")
        self.stdout.write(
            ", ".join(
                f"{comptes[nom]} {mot}{'s' if comptes[nom] > 1 else ''}" for nom, mot in ISSUES
            )
        )
        phrases = [*rapport.erreurs(), *rapport.remarques]
        for phrase in phrases[:MONTREES]:
            self.stdout.write(f"  {phrase}")
        if len(phrases) > MONTREES:
            self.stdout.write(f"  et {len(phrases) - MONTREES} autres : --rapport les donne tous.")

    def _ecrire(self, resource, depot, rapport, options):
        depot.noter(rapport)
        depot.save()
        progression = self._progression("Écriture", options)
        confirmer_l_import(depot, resource, rapport, progression)
        self.stdout.write(f"Import nᵒ {depot.pk} enregistré.")


def colonne_dite(texte):
    """(header as it is compared, our column) of « EN-TÊTE=COLONNE »."""
    entete, egal, colonne = texte.rpartition("=")
    if not egal:
        raise ArgumentTypeError(f"« {texte} » ne dit pas EN-TÊTE=COLONNE")
    return cle_d_entete(entete), colonne


def panne(erreur):
    """What the system says of this file, in French where it is usual."""
    if erreur.errno == errno.ENOSPC:
        return "n’a plus la place d’écrire"
    return RAISONS.get(type(erreur), f"ne se lit ou ne s’écrit pas : {erreur.strerror}")


def agent_nomme(identifiant):
    """The active agent whose rights hold; None, without a name, is whoever has the terminal."""
    if not identifiant:
        return None
    agent = get_user_model().objects.filter(username=identifiant, is_active=True).first()
    if agent is None:
        raise CommandError(f"Aucun agent actif ne s’appelle « {identifiant} ».", returncode=2)
    return agent
