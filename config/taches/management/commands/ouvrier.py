"""`manage.py ouvrier`: the process that does what others asked, and what the clock asks."""

import os
import signal

from django.core.management.base import BaseCommand

from config.taches.ouvrier import Processus


class Command(BaseCommand):
    help = (
        "Exécute les tâches de fond et les échéances (config/taches/planning.py), jusqu’à son "
        "arrêt par Ctrl+C ou SIGTERM. Plusieurs ouvriers ne font jamais deux fois la même chose."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--une-passe",
            action="store_true",
            help="fait ce qui attend, puis s’arrête",
        )
        parser.add_argument(
            "--avec-son-parent",
            action="store_true",
            help="s’arrête quand le processus qui l’a lancé disparaît",
        )

    def handle(self, *, une_passe, avec_son_parent, **options):
        parent = os.getppid() if avec_son_parent else None
        processus = Processus(parent=parent, une_passe=une_passe)
        for signe in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signe, processus.arreter)
        processus.tourner()
