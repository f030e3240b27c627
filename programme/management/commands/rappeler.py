"""Write the reminders of the day, and on Mondays the digest of each agent."""

from django.core.management.base import BaseCommand

from programme.rappels.envoi import rappeler


class Command(BaseCommand):
    help = (
        "Écrit les rappels du jour et, le lundi, le récapitulatif de chaque agent ; à lancer "
        "chaque jour, avant envoyer_courriels. Relancée, elle ne redit rien."
    )

    def handle(self, **options):
        un_a_un, recueils = rappeler()
        self.stdout.write(f"Rappels écrits : {un_a_un}. Récapitulatifs écrits : {recueils}.")
