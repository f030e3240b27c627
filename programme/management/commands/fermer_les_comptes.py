"""`manage.py fermer_les_comptes`: each day, warn those who do not come, close after a year."""

from django.core.management.base import BaseCommand

from programme.courriels.silence import fermer_les_comptes


class Command(BaseCommand):
    help = (
        "Prévient les agents qui ne se sont pas connectés depuis onze mois, puis ferme leur compte "
        "après un an ; la délégation le rouvre d’une case."
    )

    def handle(self, **options):
        avertis, fermes = fermer_les_comptes()
        self.stdout.write(f"Agents prévenus : {avertis}. Comptes fermés : {fermes}.")
