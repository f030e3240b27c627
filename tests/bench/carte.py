"""The map under a real server, each request beside an empty view of the same server.

Requests take turns, so that what else the machine does weighs on all of them alike.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import brotli

from tests.bench.tailles import taille

RACINE = Path(__file__).resolve().parents[2]
TOURS = taille(60, 2)


@contextmanager
def serveur():
    """Serve on a free port; yields it."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port = libre.getsockname()[1]
    commande = ["gunicorn", "tests.bench.serveur:application", "--bind", f"127.0.0.1:{port}"]
    processus = subprocess.Popen(
        [sys.executable, "-m", *commande, "--threads", "2", "--log-level", "error"],
        cwd=RACINE,
        env=os.environ,
    )
    try:
        for _ in range(100):
            try:
                demander(port, "/vide/")
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        processus.terminate()
        processus.wait(10)


def demander(port, adresse, **entetes):
    """(milliseconds, answer, body) of one request on its own connection."""
    connexion = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    depart = time.perf_counter()
    connexion.request("GET", adresse, headers=entetes)
    reponse = connexion.getresponse()
    corps = reponse.read()
    duree = 1000 * (time.perf_counter() - depart)
    connexion.close()
    assert reponse.status in (200, 304), adresse
    return duree, reponse, corps


@cache
def mesurer():
    """Median milliseconds of each kind of request, and the bytes of the page in brotli."""
    with serveur() as port:
        corps = demander(port, "/carte/")[2]
        etag = demander(port, "/carte/")[1].headers["ETag"]
        demandes = {
            "vide": ("/vide/", {}),
            # An address that was never asked is rendered, from the drawings kept.
            "rendue": ("/carte/?mesure={}", {}),
            "gardee": ("/carte/", {"Accept-Encoding": "br"}),
            "inchangee": ("/carte/", {"If-None-Match": etag}),
        }
        durees = {nom: [] for nom in demandes}
        for tour in range(TOURS):
            for nom, (adresse, entetes) in demandes.items():
                durees[nom].append(demander(port, adresse.format(tour), **entetes)[0])
    poids = len(brotli.compress(corps, quality=5))
    return {nom: statistics.median(d) for nom, d in durees.items()} | {"poids": poids}


def contre_vide(nom):
    return lambda: (mesurer()[nom], mesurer()["vide"])


MESURES = {
    "carte": contre_vide("rendue"),
    "carte_gardee": contre_vide("gardee"),
    "carte_304": contre_vide("inchangee"),
    # Against the weight that the page must never reach.
    "carte_poids": lambda: (mesurer()["poids"] / 1000, 60, "ko"),
}
