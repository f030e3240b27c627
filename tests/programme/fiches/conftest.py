"""One fiche of a territoire, and the two agents who write it at the same time.

Its région writes in the draft as well: it is the one that began it for the territoire.
"""

import copy

import pytest
from django.test import Client

from programme.fiches import parcours
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee
from tests.monde import une_fois
from tests.partage import base_partagee
from tests.programme.fiches.modifiees import seance_de


@pytest.fixture
def fiche(db):
    territoire = f.territoire_publie(nom="Val d’Essai")
    return f.fiche_complete(territoire, saisie_par=territoire.regions[0])


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
    territoire = f.territoire_publie(nom="Val d’Essai")
    fiche = f.fiche_complete(territoire, saisie_par=territoire.regions[0])
    fiche.etapes.all().delete()
    agents = f.agents_de(fiche.territoire)
    with base_partagee(tmp_path):
        yield fiche, agents


def deux_regions():
    return [
        f.RegionFactory(code="76", nom="Occitanie"),
        f.RegionFactory(code="75", nom="Aquitaine"),
    ]


@pytest.fixture
def regions(db):
    return deux_regions()


def _decider():
    regions = deux_regions()
    territoire = f.territoire_publie(*regions, nom="Val d’Essai")
    fiche = f.fiche_complete(territoire, titre="Ouvrir un atelier")
    agents = {region: f.agent_region(region) for region in regions}
    local, _ = f.agents_de(territoire)
    fiche = parcours.transmettre(fiche, agent=local)
    for jour, region in enumerate(regions, start=20):
        seance = seance_de(region, jour)
        f.rendre_et_clore(fiche, seance=seance, agent=agents[region], sens="favorable")
    fiche.refresh_from_db()
    fiche.local, fiche.agents, fiche.jour = local, agents, 10
    return fiche


_decidee_du_module = une_fois(_decider)


@pytest.fixture
def decidee(_decidee_du_module, db):
    """Validée by the comités of two régions, with its territoire's agent in `.local`."""
    return copy.deepcopy(_decidee_du_module)


_suivie_du_module = une_fois(une_fiche_decidee)


@pytest.fixture
def suivie(_suivie_du_module, db):
    """Validée, with nothing but what it takes: what a file about its follow-up is tried on."""
    return copy.deepcopy(_suivie_du_module)
