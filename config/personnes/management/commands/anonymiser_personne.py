"""`manage.py anonymiser_personne QUI`: an account that leaves a number in its place."""

from django.core.management.base import BaseCommand, CommandError

from config.personnes.personne import anonymiser_agent, mentions, trouver
from territoires.agents.models import Agent
from territoires.journal.ecriture import Acte, noter


class Command(BaseCommand):
    help = "Anonymise un compte ; sans --pour-de-vrai, dit seulement lequel et ce qui resterait."

    def add_arguments(self, parser):
        parser.add_argument("qui", help="son identifiant ou son adresse e-mail")
        parser.add_argument("--pour-de-vrai", action="store_true", help="anonymise vraiment")

    def handle(self, *, qui, pour_de_vrai, **options):
        agent = trouver(qui)
        if agent is None:
            raise CommandError(f"Aucun compte « {qui} ».")
        if not pour_de_vrai:
            self.stdout.write(f"Compte nᵒ {agent.pk}, {agent} : serait anonymisé.")
            self._dire_les_restes(mentions("", agent.get_full_name()))
            self.stdout.write("Rien n’a été changé : relancez avec --pour-de-vrai.")
            return
        restes = anonymiser_agent(agent)
        agent = Agent.objects.get(pk=agent.pk)
        noter(Acte.DROITS, objet=agent, detail="données personnelles effacées")
        self.stdout.write(f"Compte anonymisé : {agent.username}.")
        self._dire_les_restes(restes)

    def _dire_les_restes(self, restes):
        for colonne, ligne in restes:
            self.stdout.write(
                f"Son nom reste cité : {ligne._meta.verbose_name} nᵒ {ligne.pk}, {colonne}."
            )
