"""What a measure is taken on: a country's worth, or just enough to see that it still runs."""

import csv
import gc
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import django

ESSAI = os.environ.get("BENCH_ESSAI") == "true"
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


def taille(entiere, essai):
    return essai if ESSAI else entiere


def ouvrir():
    """Django, ready; a trial takes its tables from the models, like the other tests."""
    django.setup()
    if ESSAI:
        from django.apps import apps
        from django.conf import settings

        settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}


def charger():
    """The tables and the fixtures, in the database of the environment."""
    from django.core.management import call_command

    gc.freeze()
    gc.disable()  # half of the loading was to look for rubbish among millions of live objects
    call_command("migrate", verbosity=0, run_syncdb=ESSAI)
    with TemporaryDirectory(prefix="ti-bench-") as dossier:
        if ESSAI:
            _abreger(Path(dossier))
        call_command("charger_fixtures", verbosity=0, dossier=Path(dossier) if ESSAI else FIXTURES)
    gc.enable()


def _abreger(dossier):
    """The fixtures with few communes: those that others name, and one for each intercommunalité."""
    csv.field_size_limit(10**7)  # outlines are long
    cites = set()
    for chemin in FIXTURES.glob("*.csv"):
        if chemin.stem == "communes":
            continue
        (dossier / chemin.name).symlink_to(chemin)
        with chemin.open(encoding="utf-8", newline="") as fichier:
            for ligne in csv.reader(fichier):
                cites.update(ligne)
    with (
        (FIXTURES / "communes.csv").open(encoding="utf-8", newline="") as source,
        (dossier / "communes.csv").open("w", encoding="utf-8", newline="") as cible,
    ):
        communes = csv.DictReader(source)
        ecrivain = csv.DictWriter(cible, communes.fieldnames)
        ecrivain.writeheader()
        vues = set()
        for commune in communes:
            if commune["code"] in cites or commune["intercommunalite"] not in vues:
                ecrivain.writerow(commune)
                vues.add(commune["intercommunalite"])
