"""One fiche of a territoire, and the two agents who write it at the same time."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection, connections
from django.test import Client

from tests import factories as f


@pytest.fixture
def fiche(db):
    return f.fiche_complete(f.territoire_publie(nom="Val d’Essai"))


@pytest.fixture
def deux(fiche):
    """(a client of the territoire, a client of its région)."""
    clients = []
    for agent in f.agents_de(fiche.territoire):
        client = Client()
        client.force_login(agent)
        client.agent = agent
        clients.append(client)
    return clients


@pytest.fixture
def partagee(transactional_db, tmp_path):
    """(a fiche without étapes, its two agents), for threads that each have a connection."""
    fiche = f.fiche_complete(f.territoire_publie(nom="Val d’Essai"))
    fiche.etapes.all().delete()
    agents = f.agents_de(fiche.territoire)
    if connection.vendor != "sqlite":
        yield fiche, agents
        return
    # Threads would lock each other out of a database in memory: they share a file, as on disk.
    base = tmp_path / "base.sqlite3"
    with closing(sqlite3.connect(base)) as copie:
        connection.connection.backup(copie)
        # As each connection would, but two at once may find each other in the way.
        copie.execute("PRAGMA journal_mode=WAL")
    # Put back before the database is emptied: under another name, closing it would lose it.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections.settings["default"], "NAME", str(base))
        yield fiche, agents
