"""Killed, cut from its base or without room left on the disk, an import is whole or absent."""

import errno
import os
import random
import signal
import sqlite3
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from echanges.imports import ecriture, journal
from echanges.models import Import
from programme.partenaires.models import Partenaire

pytestmark = pytest.mark.django_db(transaction=True)
NOMBRE = 1500
TABLE = Partenaire._meta.db_table


@pytest.fixture
def fichier(tmp_path):
    chemin = tmp_path / "partenaires.csv"
    lignes = [f"p-{rang},Partenaire {rang}," + "x" * 200 for rang in range(NOMBRE)]
    chemin.write_text("\n".join(["identifiant,nom,presentation", *lignes]) + "\n")
    return chemin


@pytest.fixture
def base(tmp_path):
    """A base that another process can open; a function that counts what it holds."""
    if connection.vendor == "postgresql":
        return None, lambda: (Partenaire.objects.count(), Import.objects.count())
    copie = tmp_path / "base.sqlite3"
    with connection.cursor(), sqlite3.connect(copie) as cible:
        connection.connection.backup(cible)
    cible.close()

    def compter():
        with sqlite3.connect(copie) as lecteur:
            comptes = [
                lecteur.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in (TABLE, Import._meta.db_table)
            ]
        lecteur.close()
        return tuple(comptes)

    return copie, compter


def importer_a_part(fichier, copie):
    """The process that imports, on a connection of its own."""
    pid = os.fork()
    if pid:
        return pid
    try:
        connection.connection = None  # that of the parent stays as it is
        if copie:
            connection.settings_dict["NAME"] = str(copie)
        call_command("importer", fichier, modele="partenaires", confirmer=True, verbosity=0)
    finally:
        os._exit(0)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_killed_at_any_moment_it_is_whole_or_absent(fichier, base):
    copie, compter = base
    debut = time.monotonic()
    os.waitpid(importer_a_part(fichier, copie), 0)
    duree = time.monotonic() - debut
    assert compter() == (NOMBRE, 1)
    vider(copie)
    hasard, absents = random.Random(3), 0
    for _ in range(5):
        pid = importer_a_part(fichier, copie)
        time.sleep(duree * hasard.uniform(0.1, 0.95))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        assert compter() in ((0, 0), (NOMBRE, 1))
        absents += compter() == (0, 0)
        vider(copie)
    assert absents, "no kill came before the end"


# Each step of the write, in their order: whose it is, and its name there.
ETAPES = [
    (ecriture, "remplacer"),
    (ecriture, "inserer"),
    (ecriture, "historiser"),
    (journal, "ecrire_fait"),
    (Import, "clore"),
]


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.parametrize(("lieu", "nom"), ETAPES, ids=[nom for _, nom in ETAPES])
@pytest.mark.parametrize("moment", ["avant", "apres"])
def test_killed_at_each_step_of_the_write_nothing_is_written(
    fichier, base, monkeypatch, lieu, nom, moment
):
    copie, compter = base
    d_origine = getattr(lieu, nom)

    def tuer(*args, **options):
        if moment == "apres":
            d_origine(*args, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(lieu, nom, tuer)
    _, etat = os.waitpid(importer_a_part(fichier, copie), 0)
    assert os.WTERMSIG(etat) == signal.SIGKILL  # the step was reached
    assert compter() == (0, 0)


def vider(copie):
    if copie is None:
        Import.objects.all().delete()
        Partenaire.objects.all().delete()
        return
    with sqlite3.connect(copie, timeout=20) as base:
        for table in ("echanges_feuillet", "echanges_import", TABLE):
            base.execute(f"DELETE FROM {table}")
    base.close()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the room of a base is set on SQLite")
def test_without_room_on_the_disk_nothing_is_written_and_it_is_said(fichier):
    with connection.cursor() as curseur:
        curseur.execute("PRAGMA page_count")
        curseur.execute(f"PRAGMA max_page_count = {curseur.fetchone()[0] + 30}")
    try:
        with pytest.raises(CommandError, match="rien n’est écrit"):
            call_command("importer", fichier, modele="partenaires", confirmer=True, verbosity=0)
    finally:
        with connection.cursor() as curseur:
            curseur.execute("PRAGMA max_page_count = 1073741823")
    assert (Partenaire.objects.count(), Import.objects.count()) == (0, 0)
    call_command("importer", fichier, modele="partenaires", confirmer=True, verbosity=0)
    assert Partenaire.objects.count() == NOMBRE


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a server that can go away")
def test_cut_from_its_base_nothing_is_written_and_it_is_said(fichier, monkeypatch):
    d_origine = ecriture.historiser

    def couper(*args):
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        d_origine(*args)

    monkeypatch.setattr(ecriture, "historiser", couper)
    with pytest.raises(CommandError, match="rien n’est écrit"):
        call_command("importer", fichier, modele="partenaires", confirmer=True, verbosity=0)
    connection.close()
    assert (Partenaire.objects.count(), Import.objects.count()) == (0, 0)


def test_without_room_for_its_own_notes_the_reading_is_refused_in_words(fichier, monkeypatch):
    def plein(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("echanges.imports.plans.pickle.dump", plein)
    with pytest.raises(CommandError, match="n’a plus la place"):
        call_command("importer", fichier, modele="partenaires", confirmer=True, verbosity=0)
    assert (Partenaire.objects.count(), Import.objects.count()) == (0, 0)
