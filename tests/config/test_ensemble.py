"""The site and its worker start together and stop together, leaving nothing behind."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.ensemble import commandes

RACINE = Path(__file__).resolve().parents[2]
# Each writes its number where the test reads it, then lasts.
DURER = "import os, pathlib, sys, time; p = pathlib.Path(sys.argv[1]); "
DURER += "p.with_suffix('.tmp').write_text(str(os.getpid())); p.with_suffix('.tmp').rename(p); "
DURER += "time.sleep(float(sys.argv[2]))"


def lancer(dossier, *durees):
    arguments = []
    for rang, duree in enumerate(durees):
        arguments += ["--", sys.executable, "-c", DURER, str(dossier / f"{rang}.pid"), str(duree)]
    ensemble = subprocess.Popen([sys.executable, "-m", "config.ensemble", *arguments], cwd=RACINE)
    fichiers = [dossier / f"{rang}.pid" for rang in range(len(durees))]
    fin = time.monotonic() + 20
    while not all(fichier.exists() for fichier in fichiers) and time.monotonic() < fin:
        time.sleep(0.05)
    return ensemble, [int(fichier.read_text()) for fichier in fichiers]


def partis(pids):
    return all(not Path(f"/proc/{pid}").exists() for pid in pids)


@pytest.mark.parametrize("signe", [signal.SIGTERM, signal.SIGINT])
def test_stopped_it_stops_all(signe, tmp_path):
    ensemble, pids = lancer(tmp_path, 60, 60)
    ensemble.send_signal(signe)
    assert ensemble.wait(20) == 0
    assert partis(pids)


def test_when_one_ends_the_others_are_stopped(tmp_path):
    ensemble, pids = lancer(tmp_path, 60, 0.5)
    ensemble.wait(20)
    assert partis(pids)


def test_commands_are_told_apart():
    assert commandes(["a", "-b", "--", "c"]) == [["a", "-b"], ["c"]]


def test_a_platform_runs_a_site_and_a_worker_and_no_loop_of_a_shell():
    lignes = (RACINE / "Procfile").read_text().splitlines()
    assert {ligne.partition(":")[0] for ligne in lignes} == {"web", "worker", "postdeploy"}
    assert not [ligne for ligne in lignes if re.search(r"\b(while|sleep|sh -c)\b", ligne)]
