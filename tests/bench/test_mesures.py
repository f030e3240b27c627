"""Every measure still runs: all of them once, on next to nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.mesures import MESURES

RACINE = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    os.environ.get("PYTEST_BASE") == "postgresql",
    reason="les mesures ont leurs propres bases : elles ont tourné avec la suite sur SQLite",
)


@pytest.fixture(scope="module")
def essai():
    return subprocess.run(
        [sys.executable, "-m", "tests.bench"],
        cwd=RACINE,
        env=os.environ | {"BENCH_ESSAI": "true"},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("nom", MESURES)
def test_each_measure_gives_two_figures(essai, nom):
    lignes = {ligne.split(" | ")[0]: ligne.split(" | ") for ligne in essai.stdout.splitlines()}
    assert nom in lignes, essai.stderr
    notre, reference = (float(colonne.split()[0]) for colonne in lignes[nom][1:3])
    assert notre >= 0
    assert reference > 0
