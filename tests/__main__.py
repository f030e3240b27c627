"""The whole suite: on SQLite and on PostgreSQL at once, each on half of the cores.

What the tests say on SQLite is shown as it comes, what they say on PostgreSQL after it.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# The browser's own loop would stand in the way of tests that reach the database in its process.
PARTIES = (["--ignore", "tests/navigateur"], ["tests/navigateur"])
# One worker needs nothing of what shares tests out: each part imports and makes its tables once.
OUVRIERS = (os.cpu_count() or 2) // 2
OUVRIERS = OUVRIERS if OUVRIERS > 1 else 0


def derouler(base, sortie=None):
    """Run every part on this kind of database; the parts that failed."""
    environnement = os.environ | {"PYTEST_BASE": base}
    environnement.pop("DATABASE_URL", None)
    return [
        (base, *partie)
        for partie in PARTIES
        if subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n", str(OUVRIERS), *partie, *sys.argv[1:]],
            cwd=Path(__file__).resolve().parents[1],
            env=environnement,
            stdout=sortie,
            stderr=subprocess.STDOUT,
        ).returncode
    ]


def main():
    print("— Tests sur SQLite (et sur PostgreSQL en même temps, à lire ensuite)", flush=True)
    debut = time.monotonic()
    with ThreadPoolExecutor() as fils, tempfile.TemporaryFile("w+", encoding="utf-8") as journal:
        sur_postgresql = fils.submit(derouler, "postgresql", journal)
        rates = derouler("sqlite")
        print("— Tests sur PostgreSQL", flush=True)
        rates += sur_postgresql.result()
        journal.seek(0)
        print(journal.read())
    minutes, secondes = divmod(round(time.monotonic() - debut), 60)
    print(f"Durée : {minutes} min {secondes:02d} s.")
    if rates:
        sys.exit("Des tests ont échoué : " + ", ".join(" ".join(rate) for rate in rates) + ".")


if __name__ == "__main__":
    main()
