"""Print one line a measure: `name | ours | reference | ratio`, in milliseconds unless it says."""

import os
import sys
import tempfile
import traceback

from tests.bench import tailles


def preparer():
    """A database of its own with the fixtures, so that no measure touches the demonstration."""
    dossier = tempfile.TemporaryDirectory(prefix="ti-bench-")
    os.environ |= {
        "DEMO": "true",
        "LOG_LEVEL": "WARNING",
        "DATABASE_URL": f"sqlite:///{dossier.name}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    tailles.ouvrir()
    tailles.charger()
    return dossier


def main(noms):
    dossier = preparer()
    from tests.bench.mesures import MESURES

    if inconnus := [nom for nom in noms if nom not in MESURES]:
        sys.exit(f"Mesure inconnue : {', '.join(inconnus)}. Il y a : {', '.join(MESURES)}.")
    print("name | ours | reference | ratio")
    rates = []
    for nom in noms or MESURES:
        try:
            notre, reference, *unite = MESURES[nom]()
        except Exception:  # the others are still worth their minutes
            traceback.print_exc()
            rates.append(nom)
            continue
        unite = unite[0] if unite else "ms"
        rapport = f"{notre / reference:.2f}"
        print(f"{nom} | {notre:.2f} {unite} | {reference:.2f} {unite} | {rapport}", flush=True)
    dossier.cleanup()
    if rates:
        sys.exit(f"Mesures qui ont échoué : {', '.join(rates)}.")


if __name__ == "__main__":
    main(sys.argv[1:])
