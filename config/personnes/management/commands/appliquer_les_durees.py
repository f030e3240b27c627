"""`manage.py appliquer_les_durees`: what is kept too long, counted; with a word more, effaced."""

from django.core.management.base import BaseCommand, CommandError

from config.personnes.durees import REGLES, appliquer


class Command(BaseCommand):
    help = (
        "Dit quelles données personnelles ont passé leur durée de conservation ; avec "
        "--pour-de-vrai, les efface et le dit."
    )

    def add_arguments(self, parser):
        noms = [regle.nom for regle in REGLES]
        parser.add_argument("noms", nargs="*", help=f"celles-ci seulement : {', '.join(noms)}")
        parser.add_argument("--pour-de-vrai", action="store_true", help="efface vraiment")

    def handle(self, *, noms, pour_de_vrai, **options):
        if inconnus := sorted(set(noms) - {regle.nom for regle in REGLES}):
            raise CommandError(f"Durées inconnues : {', '.join(inconnus)}.")
        touchees = 0
        for regle, nombre in appliquer(noms, pour_de_vrai=pour_de_vrai):
            touchees += nombre
            if nombre:
                fait = regle.geste if pour_de_vrai else f"seraient {regle.geste}"
                self.stdout.write(f"{regle.quoi} ({regle.en_clair}) : {nombre} {fait}.")
        if not touchees:
            self.stdout.write("Rien n’a passé sa durée.")
        elif not pour_de_vrai:
            self.stdout.write("Rien n’a été effacé : relancez avec --pour-de-vrai.")
