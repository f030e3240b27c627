"""Tasks that tests ask for, and processes that do them."""

import os
import signal
import sqlite3
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django_tasks import task

from config.taches.ouvrier import Processus
from programme.partenaires.models import Partenaire

EN_BASE = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "longue"]}
}
HIER = timezone.now() - timedelta(days=1)


@task()
def compter(rang):
    """Done twice, it would write two rows."""
    Partenaire.objects.create(identifiant=f"fait-{rang}-{os.getpid()}", nom=f"Fait {rang}")


@task()
def mourir():
    os.kill(os.getpid(), signal.SIGKILL)


@task()
def echouer():
    raise ValueError("le partenaire n’existe plus")


def copier(dossier):
    """Where another process may open the base of this test; None on a server."""
    if connection.vendor == "postgresql":
        return None
    copie = dossier / "base.sqlite3"
    with connection.cursor(), sqlite3.connect(copie) as cible:
        connection.connection.backup(cible)
    cible.close()
    return copie


def ouvrier_a_part(copie, action=None):
    """A process that does what waits, then ends; its number."""
    pid = os.fork()
    if pid:
        return pid
    try:
        connection.connection = None  # that of the parent stays as it is
        if copie:
            connection.settings_dict["NAME"] = str(copie)
        (action or Processus(une_passe=True).tourner)()
    finally:
        os._exit(0)


def lire(copie, sql):
    if copie is None:
        with connection.cursor() as curseur:
            curseur.execute(sql)
            return curseur.fetchall()
    with sqlite3.connect(copie, timeout=20) as base:
        lignes = base.execute(sql).fetchall()
    base.close()
    return lignes
