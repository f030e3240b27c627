"""One fiche of a territoire, and the two agents who write it at the same time."""

import pytest
from django.test import Client

from tests import factories as f
from tests.partage import base_partagee


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
    with base_partagee(tmp_path):
        yield fiche, agents
