"""The whole suite, on SQLite and on PostgreSQL: its parts share the cores out, longest first.

What a part says is shown when it is over.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from pytest import ExitCode

NAVIGATEUR, PROGRAMME = "tests/navigateur", "tests/programme"
# One process each: it imports and makes its tables once. The browser's own loop would stand in
# the way of tests that reach the database in its process.
PARTIES = {
    "programme": [PROGRAMME],
    "les autres": ["--ignore", PROGRAMME, "--ignore", NAVIGATEUR],
    "navigateur": [NAVIGATEUR],
}
BASES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}  # the slower one first


def derouler(base, partie):
    """Run this part on this kind of database: (its name, what it said, whether it passed)."""
    environnement = os.environ | {"PYTEST_BASE": base}
    environnement.pop("DATABASE_URL", None)
    fait = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *PARTIES[partie], *sys.argv[1:]],
        cwd=Path(__file__).resolve().parents[1],
        env=environnement,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    reussie = fait.returncode in (ExitCode.OK, ExitCode.NO_TESTS_COLLECTED)
    return f"{partie}, sur {BASES[base]}", fait.stdout, reussie


def main():
    debut, rates = time.monotonic(), []
    print(f"— {len(PARTIES) * len(BASES)} parties, dites à mesure qu’elles finissent", flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as fils:
        parties = [fils.submit(derouler, base, partie) for partie in PARTIES for base in BASES]
        for partie in as_completed(parties):
            nom, dit, reussie = partie.result()
            minutes, secondes = divmod(round(time.monotonic() - debut), 60)
            print(f"— {nom} ({minutes} min {secondes:02d} s depuis le début)\n{dit}", flush=True)
            rates += [] if reussie else [nom]
    if rates:
        sys.exit("Des tests ont échoué : " + " ; ".join(rates) + ".")


if __name__ == "__main__":
    main()
