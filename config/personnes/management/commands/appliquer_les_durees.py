"""`manage.py appliquer_les_durees`: what is kept too long, counted; with a word more, effaced."""

from django.core.management.base import BaseCommand

from config.personnes.durees import appliquer


class Command(BaseCommand):
    help = (
        "Dit quelles données personnelles ont passé leur durée de conservation ; avec "
        "--pour-de-vrai, les efface et le dit."
    )

    def add_arguments(self, parser):
        parser.add_argument("--pour-de-vrai", action="store_true", help="efface vraiment")

    def handle(self, *, pour_de_vrai, **options):
        touchees = 0
        for regle, nombre in appliquer(pour_de_vrai=pour_de_vrai):
            touchees += nombre
            if nombre:
                fait = regle.geste if pour_de_vrai else f"seraient {regle.geste}"
                self.stdout.write(f"{regle.quoi} ({regle.en_clair}) : {nombre} {fait}.")
        if not touchees:
            self.stdout.write("Rien n’a passé sa durée.")
        elif not pour_de_vrai:
            self.stdout.write("Rien n’a été effacé : relancez avec --pour-de-vrai.")
