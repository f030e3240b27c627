"""Take back an import from the terminal: a preview, then `--confirmer` does it, whole."""

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils import timezone

from echanges.erreurs import FichierRefuse
from echanges.imports.annulation import Annulation
from echanges.management.commands.importer import agent_nomme
from echanges.models import Import
from echanges.registre import resources

ECHEC, OBSTACLES, SANS_DROIT = 1, 3, 4


class Command(BaseCommand):
    help = (
        "Annule un import en entier : supprime ce qu’il a créé, rend leurs valeurs aux objets "
        "qu’il a modifiés. Sans --confirmer, dit seulement ce qui se passerait. Code de sortie : "
        "0 si tout peut être rendu (ou l’est), 1 si l’import n’est pas à annuler ou si la base "
        "fait défaut, 2 si la commande est mal écrite, 3 si des objets y font obstacle, 4 sans le "
        "droit d’importer."
    )

    def add_arguments(self, parser):
        parser.add_argument("numero", type=int, help="Celui du journal des imports.")
        parser.add_argument("--confirmer", action="store_true", help="Écrire dans la base.")
        parser.add_argument("--agent", help="Identifiant de l’agent dont les droits valent.")

    def handle(self, *, numero, confirmer, agent, **options):
        agent = agent_nomme(agent)
        try:
            with transaction.atomic():
                self._annuler(numero, agent, confirmer)
        except FichierRefuse as erreur:
            raise CommandError(str(erreur), returncode=ECHEC) from erreur
        except PermissionDenied as erreur:
            raise CommandError(str(erreur), returncode=SANS_DROIT) from erreur
        except DatabaseError as erreur:
            raise CommandError(
                f"La base de données a fait défaut : rien n’est écrit. ({erreur})",
                returncode=ECHEC,
            ) from erreur

    def _annuler(self, numero, agent, confirmer):
        depot = Import.objects.select_for_update(of=("self",)).filter(pk=numero).first()
        if motif := _pas_a_annuler(depot, numero):
            raise CommandError(motif, returncode=ECHEC)
        annulation = Annulation(depot, resources()[depot.resource](agent=agent))
        if obstacles := annulation.obstacles():
            for obstacle in obstacles:
                self.stdout.write(f"  {obstacle.nom} : {obstacle.raison}")
            raise CommandError(
                f"Rien n’est annulé. Objets qui y font obstacle : {annulation.nombre_d_obstacles}.",
                returncode=OBSTACLES,
            )
        self.stdout.write(
            f"Objets créés, à supprimer : {len(annulation.supprimes)}. "
            f"Objets modifiés, à rétablir : {len(annulation.carnet)}."
        )
        if confirmer:
            annulation.ecrire(agent)
            self.stdout.write(f"Import nᵒ {numero} annulé.")


def _pas_a_annuler(depot, numero):
    """Why there is nothing to take back, or None."""
    if depot is None:
        return f"Le journal n’a pas d’import nᵒ {numero}."
    if depot.etat == Import.Etat.ANNULE:
        quand = timezone.localtime(depot.annule_le)
        return f"L’import nᵒ {numero} est déjà annulé, depuis le {quand:%d/%m/%Y à %H:%M}."
    if depot.etat != Import.Etat.CONFIRME:
        return f"L’import nᵒ {numero} n’a rien écrit : il est « {depot.get_etat_display()} »."
    return None
