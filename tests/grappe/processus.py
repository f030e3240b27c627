"""Processes that are started, killed and started again, with what they say kept in a file."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds


def port_libre():
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        return libre.getsockname()[1]


class Processus:
    """One command, with all that it starts."""

    def __init__(self, nom, arguments, dossier, environnement):
        self.nom, self.arguments = nom, [sys.executable, *arguments]
        self.journal = Path(dossier) / f"{nom}.log"
        self.environnement, self.popen = environnement, None

    def demarrer(self):
        with self.journal.open("ab") as sortie:
            self.popen = subprocess.Popen(
                self.arguments,
                cwd=RACINE,
                env=self.environnement,
                stdout=sortie,
                stderr=sortie,
                start_new_session=True,
            )

    @property
    def vit(self):
        return self.popen is not None and self.popen.poll() is None

    def tuer(self):
        """The process and its children at once, without a word."""
        os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()

    def arreter(self):
        if not self.vit:
            return
        self.popen.terminate()
        try:
            self.popen.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.tuer()


class Web(Processus):
    """gunicorn on a port of its own."""

    def __init__(self, nom, port, dossier, environnement, *, processus=1, fils=4):
        self.port = port
        # Without the reloading of a killed child: the whole process goes, as with its machine.
        arguments = ["-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
        arguments += ["--workers", str(processus), "--threads", str(fils), "--timeout", "120"]
        super().__init__(nom, [*arguments, "--log-level", "warning"], dossier, environnement)

    @property
    def adresse(self):
        return f"http://127.0.0.1:{self.port}"

    def attendre(self):
        fin = time.monotonic() + PATIENCE
        while time.monotonic() < fin:
            try:
                with urllib.request.urlopen(f"{self.adresse}/sante/", timeout=2):
                    return
            except (OSError, urllib.error.URLError):
                time.sleep(0.1)
        raise TimeoutError(f"{self.nom} ne répond pas : voir {self.journal}")
