"""Print one line a measure: `name | ours | reference | ratio`, in milliseconds unless it says."""

import os
import sys
import tempfile
from pathlib import Path


def preparer():
    """A database of its own with the fixtures, so that no measure touches the demonstration."""
    dossier = tempfile.TemporaryDirectory(prefix="ti-bench-")
    os.environ |= {
        "DEMO": "true",
        "LOG_LEVEL": "WARNING",
        "DATABASE_URL": f"sqlite:///{dossier.name}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    with Path(os.devnull).open("w") as silence:
        call_command("charger_fixtures", stdout=silence, stderr=silence)
    return dossier


def main(noms):
    dossier = preparer()
    from tests.bench.mesures import MESURES

    if inconnus := [nom for nom in noms if nom not in MESURES]:
        sys.exit(f"Mesure inconnue : {', '.join(inconnus)}. Il y a : {', '.join(MESURES)}.")
    print("name | ours | reference | ratio")
    for nom in noms or MESURES:
        notre, reference, *unite = MESURES[nom]()
        unite = unite[0] if unite else "ms"
        rapport = f"{notre / reference:.2f}"
        print(f"{nom} | {notre:.2f} {unite} | {reference:.2f} {unite} | {rapport}", flush=True)
    dossier.cleanup()


if __name__ == "__main__":
    main(sys.argv[1:])
