"""What must hold for all processes holds when several count at once, on each kind of cache."""

import threading
from functools import partial

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import override_settings

from config.api import limites
from config.api.limites import Compteur
from config.reglages import caches_de
from territoires.carte import reponses
from tests.partage import base_partagee, en_parallele

PAR_MINUTE = 60
SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/x/base.sqlite3"}
POSTGRESQL = {"ENGINE": "django.db.backends.postgresql", "NAME": "territoires"}


@pytest.fixture
def redis():
    """A server of the loopback that speaks as Redis does."""
    from fakeredis import TcpFakeServer

    serveur = TcpFakeServer(("127.0.0.1", 0), server_type="redis")
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield f"redis://127.0.0.1:{serveur.server_address[1]}/0"
    serveur.shutdown()
    serveur.server_close()
    fil.join()


def compter(compteurs, dossier, monkeypatch):
    """How many of three times the limit are answered by processes that ask at once."""
    monkeypatch.setattr(limites, "heure", lambda: 120.0)
    repondues = []

    def demander(compteur):
        try:
            for _ in range(PAR_MINUTE):
                if not compteur.attente("visiteur", PAR_MINUTE):
                    repondues.append(1)
        finally:
            connection.close()

    with base_partagee(dossier):
        en_parallele((demander, compteur) for compteur in compteurs)
    return len(repondues)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("genre", ["fichiers", "redis", "base"])
def test_no_more_than_the_limit_in_all(genre, request, tmp_path, monkeypatch):
    if genre == "base" and connection.vendor == "sqlite":
        pytest.skip("SQLite compte dans un dossier")
    base = POSTGRESQL if genre == "base" else SQLITE | {"NAME": str(tmp_path / "base")}
    adresse = request.getfixturevalue("redis") if genre == "redis" else ""
    with override_settings(CACHES=caches_de(base, adresse, en_test=False)):
        if genre == "base":
            call_command("createcachetable", verbosity=0)
        repondues = compter([Compteur() for _ in range(3)], tmp_path, monkeypatch)
        caches["default"].clear()
    # By lots, what a process took and did not need is not answered by another.
    assert 0.7 * PAR_MINUTE <= repondues <= PAR_MINUTE
    if genre != "base":
        assert repondues == PAR_MINUTE


def test_the_minute_that_comes_is_a_new_count(monkeypatch):
    compteur, maintenant = Compteur(), 120.0
    monkeypatch.setattr(limites, "heure", lambda: maintenant)
    caches["default"].clear()
    demander = partial(compteur.attente, "visiteur", 2)
    assert [demander() for _ in range(3)] == [0, 0, 60]
    maintenant = 175.0
    assert demander() == 5
    maintenant = 180.0
    assert demander() == 0


def test_redis_away_stops_what_must_hold_and_nothing_else():
    with override_settings(CACHES=caches_de(SQLITE, "redis://127.0.0.1:9/0", en_test=False)):
        with pytest.raises(OperationalError):  # told by a page, 503
            caches["default"].add("code", 1)
        assert caches["dessins"].get_or_set("dessin", lambda: "fait") == "fait"
        assert Compteur().attente("visiteur", 2) == 0


def test_a_release_shows_nothing_that_another_has_drawn(redis, monkeypatch):
    with override_settings(CACHES=caches_de(SQLITE, redis, en_test=False)):
        for version in ("une", "autre"):
            monkeypatch.setattr(reponses, "version_du_code", lambda version=version: version)
            assert caches["dessins"].get_or_set("plan", lambda version=version: version) == version
