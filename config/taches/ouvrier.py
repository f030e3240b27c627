"""One process that works behind: a thread a queue, so that e-mails never wait for a big import.

The library's worker takes the tasks one by one. Around it stand the clock, the beat that says that
the process lives, and the rescue of what dead ones held.
"""

import logging
import os
import threading
import time
from contextlib import suppress

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from config.taches.horloge import HOTE, sonner
from config.taches.models import Ouvrier
from config.taches.secours import rendre_les_miennes, secourir
from echanges.travaux import FILES

PAS, BATTEMENT = 2, 30  # seconds
SOUFFLE = 5  # seconds before the database is asked again
journal = logging.getLogger("taches")


class Processus:
    """The worker of this process: `tourner` returns when `arreter` was asked and all is done."""

    def __init__(self, *, parent=None, une_passe=False):
        self.nom, self.parent = get_random_string(16), parent
        self.fini, self.une_passe = threading.Event(), une_passe
        self.ouvriers = [self._ouvrier(file) for file in FILES]
        self.battu_a = -BATTEMENT

    def _ouvrier(self, file):
        return Worker(
            queue_names=[file],
            interval=PAS / 2,
            batch=self.une_passe,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{self.nom}.{file}",
            excluded_queue_names=[],
        )

    def arreter(self, *args):
        """What is being done is finished first; asked twice, the process leaves it there."""
        if self.fini.is_set():
            os._exit(1)
        self.fini.set()
        for ouvrier in self.ouvriers:
            ouvrier.running = False

    def tourner(self):
        fils = [
            threading.Thread(target=self._travailler, args=[o], name=o.worker_id, daemon=True)
            for o in self.ouvriers
        ]
        self._veiller()
        for fil in fils:
            fil.start()
        while not self.fini.wait(PAS) and any(fil.is_alive() for fil in fils):
            self._veiller()
        while any(fil.is_alive() for fil in fils):  # still beating: nobody takes it for dead
            time.sleep(PAS / 10)
            self._battre_sinon()
        self._partir()

    def _travailler(self, ouvrier):
        """A database that went away stops no worker: it asks again until it is back."""
        while not self.fini.is_set():
            try:
                rendre_les_miennes(ouvrier.worker_id)
                ouvrier.run()
            except DatabaseError:
                journal.exception("La base de données a fait défaut à l’ouvrier.")
                connection.close()
                self.fini.wait(SOUFFLE)
            else:
                break
        connection.close()

    def _veiller(self):
        if self.parent and os.getppid() != self.parent:
            return self.arreter()  # who started it is gone
        close_old_connections()
        try:
            if self._battre():
                secourir()
            sonner()
        except DatabaseError:
            journal.exception("La base de données a fait défaut à l’horloge.")
            connection.close()
        return None

    def _battre(self):
        """Say that it lives; whether it was time to."""
        if time.monotonic() - self.battu_a < BATTEMENT:
            return False
        maintenant = timezone.now()
        Ouvrier.objects.update_or_create(
            nom=self.nom,
            defaults={"vu_le": maintenant},
            create_defaults={
                "hote": HOTE,
                "pid": os.getpid(),
                "demarre_le": maintenant,
                "vu_le": maintenant,
            },
        )
        self.battu_a = time.monotonic()
        return True

    def _battre_sinon(self):
        try:
            self._battre()
        except DatabaseError:
            connection.close()

    def _partir(self):
        with suppress(DatabaseError):  # its silence will tell
            Ouvrier.objects.filter(nom=self.nom).delete()
        connection.close()
