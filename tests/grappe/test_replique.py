"""A real replica: late, gone, back, and left alone by its primary."""

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler
from environs import Env

from territoires import replique
from territoires.replique import REPLIQUE, Suivi, mesurer
from tests.grappe.postgresql import Serveur

pytestmark = pytest.mark.skipif(
    os.environ.get("PYTEST_BASE") != "postgresql", reason="une réplique de PostgreSQL"
)


@pytest.fixture
def serveurs(monkeypatch, django_db_blocker):
    """(primary, replica), to which the connections of `territoires.replique` lead."""
    with TemporaryDirectory(prefix="ti-replique-") as dossier:
        Path(dossier).chmod(0o755)
        principale, copie = Serveur(dossier, "principale"), Serveur(dossier, "replique")
        try:
            principale.creer()
            copie.copier(principale)
            bases = {"default": adresse(principale), REPLIQUE: adresse(copie)}
            liaisons = ConnectionHandler(bases)
            monkeypatch.setattr(replique, "connections", liaisons)
            with django_db_blocker.unblock():  # bases of its own
                yield principale, copie
                liaisons.close_all()
        finally:
            copie.arreter()
            principale.arreter()


def adresse(serveur):
    return Env().dj_db_url("AUCUNE", serveur.adresse(), conn_health_checks=True)


def ecrire(serveur, requete):
    with psycopg.connect(serveur.adresse(), autocommit=True) as connexion:
        connexion.execute(requete)


def attendre(condition):
    fin = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < fin
        time.sleep(0.05)


def test_how_late_it_is_is_known_and_so_is_its_absence(serveurs, monkeypatch, settings):
    settings.REPLIQUE_RETARD = 1
    monkeypatch.setattr(replique, "PAS", 0)
    monkeypatch.setattr(replique, "SOUFFLE", 0)
    (principale, copie), suivi = serveurs, Suivi()
    ecrire(principale, "CREATE TABLE t (n int)")
    attendre(lambda: mesurer() == 0)
    assert suivi.est_a_jour()
    # Late: it stands still while the primary writes.
    ecrire(copie, "SELECT pg_wal_replay_pause()")
    ecrire(principale, "INSERT INTO t VALUES (1)")
    attendre(lambda: not suivi.est_a_jour())
    assert suivi.retard > settings.REPLIQUE_RETARD
    ecrire(copie, "SELECT pg_wal_replay_resume()")
    attendre(suivi.est_a_jour)
    # What the primary has written is read there, and no state is the same before and after.
    with replique.lecture() as une:
        une.base = REPLIQUE
        avant = lu_de_la_replique()
        ecrire(principale, "INSERT INTO t VALUES (2)")
        attendre(lambda: mesurer() == 0)
        assert lu_de_la_replique() > avant
    copie.tuer()
    assert not suivi.est_a_jour()
    copie.demarrer()
    attendre(suivi.est_a_jour)
    # Without its primary, it is what there is.
    principale.tuer()
    assert suivi.est_a_jour()
    principale.demarrer()
    # Promoted, it goes its own way.
    ecrire(copie, "SELECT pg_promote()")
    with pytest.raises(OperationalError):
        mesurer()
    assert not suivi.est_a_jour()


def lu_de_la_replique():
    with replique.connections[REPLIQUE].cursor() as curseur:
        curseur.execute("SELECT pg_last_wal_replay_lsn() - '0/0'")
        return curseur.fetchone()[0]
