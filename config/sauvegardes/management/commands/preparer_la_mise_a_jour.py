"""`manage.py preparer_la_mise_a_jour`: may the site stay open while these migrations run?"""

from django.core.management.base import BaseCommand

from config.sauvegardes.deux_versions import a_venir


class Command(BaseCommand):
    help = (
        "Dit si la version en service peut vivre avec les migrations de celle-ci : sinon, le site "
        "s’arrête pendant la mise à jour, et le retour en arrière passe par une sauvegarde."
    )

    def handle(self, **options):
        plan = a_venir()
        heurts = [(migration, raisons) for migration, raisons in plan if raisons]
        for migration, raisons in heurts:
            for raison in raisons:
                self.stdout.write(f"{migration.app_label} {migration.name} : {raison}.")
        if not plan:
            self.stdout.write("Aucune migration n’attend : mise à jour et retour sans arrêt.")
        elif heurts:
            self.stdout.write(
                "ARRÊT NÉCESSAIRE : arrêtez le site et l’ouvrier, sauvegardez, migrez."
            )
        else:
            self.stdout.write(
                f"SANS ARRÊT : les deux versions vivent avec ces migrations ({len(plan)})."
            )
