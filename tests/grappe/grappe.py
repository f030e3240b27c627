"""Two web processes, a worker, a primary and its replica, a bucket: several machines on one.

For `make grappe`, the load test and the tests.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from tests.grappe.postgresql import Serveur
from tests.grappe.processus import RACINE, Processus, Web, port_libre

SEAU = "territoires"
PATIENCE = 30  # seconds


class Grappe:
    """Between `demarrer` and `arreter` all of it runs; what is killed may start again."""

    def __init__(self, *, ports=None, redis="", **reglages):
        # PostgreSQL, that runs under another account than the superuser's, must reach it.
        self.dossier = Path(tempfile.mkdtemp(prefix="ti-grappe-"))
        self.dossier.chmod(0o755)
        self.principale = Serveur(self.dossier, "principale")
        self.replique = Serveur(self.dossier, "replique")
        self.ports = ports or [port_libre(), port_libre()]
        self.redis, self.reglages, self.autres = redis, reglages, []

    def demarrer(self, garnir):
        """`garnir(environnement)` fills the database, before the replica is made of it."""
        try:
            self._demarrer(garnir)
        except BaseException:
            self.arreter()
            raise

    def _demarrer(self, garnir):
        self.principale.creer()
        self.seau = Processus(
            "seau",
            ["-m", "moto.server", "-H", "127.0.0.1", "-p", str(port_libre())],
            self.dossier,
            dict(os.environ),
        )
        self.seau.demarrer()
        self.autres.append(self.seau)
        self.environnement = self._environnement()
        self._creer_le_seau()
        garnir(self.environnement)
        self.replique.copier(self.principale)
        self.webs = [self.web(f"web{n}", port) for n, port in enumerate(self.ports, 1)]
        self.ouvrier = Processus(
            "ouvrier", ["manage.py", "ouvrier"], self.dossier, self.environnement
        )
        self.autres.append(self.ouvrier)
        for un in (*self.webs, self.ouvrier):
            un.demarrer()
        for web in self.webs:
            web.attendre()

    def web(self, nom, port, **options):
        """One more web process, not started, that stops with the others."""
        web = Web(nom, port, self.dossier, self.environnement, **options)
        self.autres.append(web)
        return web

    def _environnement(self):
        adresse = f"http://127.0.0.1:{self.seau.arguments[-1]}"
        return os.environ | {
            "DEMO": "true",
            "DATABASE_URL": self.principale.adresse(),
            "DATABASE_URL_REPLIQUE": self.replique.adresse(),
            "REDIS_URL": self.redis,
            "S3_SEAU": SEAU,
            "S3_ADRESSE": adresse,
            "S3_REGION": "us-east-1",
            "S3_CLE": "essai",
            "S3_SECRET": "essai",
            "MEDIA_ROOT": str(self.dossier / "media"),
            "METRIQUES_JETON": "grappe",
            "LOG_LEVEL": "WARNING",
            **self.reglages,
        }

    def _creer_le_seau(self):
        import boto3
        from botocore.exceptions import BotoCoreError

        client = boto3.client(
            "s3",
            endpoint_url=self.environnement["S3_ADRESSE"],
            aws_access_key_id="essai",
            aws_secret_access_key="essai",
            region_name="us-east-1",
        )
        fin = time.monotonic() + PATIENCE
        while True:
            try:
                client.create_bucket(Bucket=SEAU)
                return
            except BotoCoreError:
                if time.monotonic() > fin:
                    raise
                time.sleep(0.3)

    def lire(self, requete, *parametres):
        """Rows of the primary."""
        with psycopg.connect(self.principale.adresse(), autocommit=True) as connexion:
            return connexion.execute(requete, parametres).fetchall()

    def arreter(self):
        """Web and worker first: what is being done is finished."""
        for un in reversed(self.autres):
            un.arreter()
        for serveur in (self.replique, self.principale):
            serveur.arreter()
        shutil.rmtree(self.dossier, ignore_errors=True)


def demonstration(environnement):
    """All that `make demo` shows."""
    subprocess.run([sys.executable, "manage.py", "demo"], cwd=RACINE, env=environnement, check=True)
