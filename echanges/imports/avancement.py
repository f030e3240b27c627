"""How far a long import is, told while its transaction is open: by a thread, beside the base.

What an open transaction writes nobody sees, and SQLite has one writer: the figures go through a
cache of their own, that every process reads.
"""

import threading

from django.core.cache import caches
from django.db import connection

PAS, GARDE = 0.5, 3600  # seconds
VIDE = {"lues": 0, "a_lire": 0, "ecrites": 0, "a_ecrire": 0}


def _cle(pk):
    return f"import-{pk}"


def lu(pk):
    """The figures that were told last."""
    return VIDE | (caches["avancement"].get(_cle(pk)) or {})


class Avancement:
    """Around a reading and its writing; `lire` and `ecrire` are given as their `progression`."""

    def __init__(self, pk):
        self.pk, self.chiffres, self.passes = pk, dict(VIDE), 0
        self._fini = threading.Event()
        self._fil = threading.Thread(target=self._dire, daemon=True)

    def __enter__(self):
        self._fil.start()
        return self

    def __exit__(self, *exception):
        self._fini.set()
        self._fil.join()
        caches["avancement"].delete(_cle(self.pk))

    def _dire(self):
        dits = None
        while True:
            if dits != self.chiffres:
                dits = dict(self.chiffres)
                caches["avancement"].set(_cle(self.pk), dits, GARDE)
            if self._fini.wait(PAS):
                break
        connection.close()

    def lire(self, lignes):
        """Rows of the file, counted as they are read."""
        for rang, ligne in enumerate(lignes, 1):
            self.chiffres["lues"] = rang
            yield ligne

    def ecrire(self, lots):
        """Plans, by lists: each is met twice, for what it changes then for what it creates."""
        for lot in lots:
            yield lot
            self.passes += len(lot)
            self.chiffres["ecrites"] = min(self.passes // 2, self.chiffres["a_ecrire"])
