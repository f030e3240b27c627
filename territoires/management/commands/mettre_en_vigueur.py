"""`manage.py mettre_en_vigueur`: the edition whose day has come, at night too."""

from django.core.management.base import BaseCommand

from territoires.editions.vigueur import mettre_en_vigueur


class Command(BaseCommand):
    help = (
        "Met en vigueur l’édition de la carte dont la date est venue. Le site le fait de lui-même "
        "à la première visite du jour ; cette commande sert aux exports et aux courriels de nuit."
    )

    def handle(self, **options):
        if edition := mettre_en_vigueur():
            self.stdout.write(f"L’{edition} entre en vigueur.")
