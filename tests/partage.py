"""One database for several threads, each with its connection."""

import sqlite3
import threading
from contextlib import closing, contextmanager

import pytest
from django.db import connection, connections


@contextmanager
def base_partagee(dossier):
    """While it lasts, threads share the database of the test; on SQLite a file, as on disk."""
    if connection.vendor != "sqlite":
        yield
        return
    # Threads would lock each other out of a database in memory.
    base = dossier / "base.sqlite3"
    with closing(sqlite3.connect(base)) as copie:
        connection.connection.backup(copie)
        # As each connection would, but two at once may find each other in the way.
        copie.execute("PRAGMA journal_mode=WAL")
    # Put back before the database is emptied: under another name, closing it would lose it.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections.settings["default"], "NAME", str(base))
        yield


def en_parallele(taches):
    """Run each (function, arguments…) in a thread of its own, to the end."""
    fils = [threading.Thread(target=tache, args=arguments) for tache, *arguments in taches]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
