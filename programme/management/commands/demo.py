"""Everything the demonstration needs: tables, real data, invented examples, logins."""

import gc
import socket
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from tqdm import tqdm

from echanges.statistiques import analyser
from programme.courriels.models import Courriel
from programme.demo.agents import AGENTS, MOT_DE_PASSE, creer_agents
from programme.demo.engagements import creer_engagements
from programme.demo.instruction import raconter_l_instruction
from programme.demo.obstacles import raconter_les_suites
from programme.demo.operateurs import raconter_les_operateurs
from programme.demo.portage import raconter_le_portage
from programme.demo.recits import Conteur, lire_recits
from programme.demo.seances import convoquer_les_prochaines, tenir_les_seances
from programme.demo.subventions import raconter_les_subventions
from programme.demo.volume import Foule
from territoires.agents.models import Agent
from territoires.geographie.models import Region
from territoires.recherche.indexation import mettre_a_jour


@contextmanager
def ramassage_espace():
    """Tables and fixtures make millions of objects, nearly all live: look for rubbish seldom."""
    seuils = gc.get_threshold()
    gc.set_threshold(100_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*seuils)


class Command(BaseCommand):
    help = (
        "Prépare la démonstration : tables, données réelles, exemples inventés et agents. "
        "Relancée, elle ne change rien à ce qui existe. Demande DEMO=true."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", help="port sur lequel la démonstration sera servie")
        parser.add_argument(
            "--fiches",
            type=int,
            default=0,
            help="nombre de fiches à inventer en plus, pour voir les écrans sous la charge",
        )

    def handle(self, *args, port=None, fiches=0, **options):
        if not settings.DEMO:
            raise CommandError(
                "Cette commande ajoute des exemples inventés : elle ne tourne qu’avec DEMO=true."
            )
        if port is not None:
            self._verifier_port(port)
        self._verifier_base()
        with ramassage_espace():
            self._preparer(fiches)
        if port is not None:
            self._annoncer(port)

    def _preparer(self, fiches):
        call_command("migrate", interactive=False, verbosity=0)
        # All or nothing: a run that was interrupted leaves no half to mend, the next one redoes it.
        if not Region.objects.exists():
            self.stdout.write("Chargement des données réelles…")
            with transaction.atomic():
                call_command("charger_fixtures")
        if not Agent.objects.filter(username__in=AGENTS).exists():
            self.stdout.write("Écriture des exemples inventés…")
            with transaction.atomic():
                self._inventer()
            analyser()  # of what the fixtures left empty
        if fiches > 0:
            with transaction.atomic():
                Foule(Agent.objects.get(username="delegation")).inventer(fiches)
            self.stdout.write(f"Fiches inventées en plus : {fiches}.")
        mettre_a_jour()  # else the first who searches would wait for it

    def _verifier_port(self, port):
        if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
            raise CommandError(
                f"PORT=« {port} » n’est pas un port : donnez un nombre, 8000 par exemple."
            )
        with socket.socket() as prise:
            prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                prise.bind(("127.0.0.1", int(port)))
            except OSError as erreur:
                raise CommandError(
                    f"Le port {port} n’est pas libre : arrêtez ce qui l’occupe, "
                    "ou choisissez-en un autre, par exemple « make demo PORT=8765 »."
                ) from erreur

    def _verifier_base(self):
        try:
            connection.ensure_connection()
        except DatabaseError as erreur:
            raise CommandError(
                "La base de données ne répond pas. Vérifiez DATABASE_URL, et que la base existe "
                f"et accepte les connexions. ({str(erreur).strip().splitlines()[0]})"
            ) from erreur

    def _inventer(self):
        agents = creer_agents()
        convoquer_les_prochaines()
        conteur = Conteur(agents)
        for ligne in tqdm(lire_recits(), desc="fiches", unit=" fiche", disable=None, leave=False):
            conteur.raconter(ligne)
        creer_engagements(agents["delegation"])
        raconter_le_portage()
        raconter_les_suites(agents["delegation"])
        raconter_l_instruction(agents)
        raconter_les_operateurs(agents)
        raconter_les_subventions(agents)
        tenir_les_seances(agents)
        # These messages belong to the past: nobody is to receive them now.
        for courriel in Courriel.objects.a_envoyer():
            courriel.envoye_le = courriel.ecrit_le
            courriel.save(update_fields=["envoye_le"])

    def _annoncer(self, port):
        self.stdout.write(f"\nTerritoires d’industrie : http://localhost:{port}/")
        self.stdout.write(f"Administration :          http://localhost:{port}/admin/\n\n")
        self.stdout.write(f"Identifiants, mot de passe « {MOT_DE_PASSE} » pour tous :")
        for identifiant, (nom, *_) in AGENTS.items():
            self.stdout.write(f"  {identifiant:<32} {nom}")
        self.stdout.write("\nCtrl+C pour arrêter.")
        self.stdout.flush()
