"""Run several commands as one: what stops one stops them all, and nothing is left behind.

python -m config.ensemble gunicorn config.wsgi -- python manage.py ouvrier
"""

import os
import signal
import subprocess
import sys
import time

PATIENCE = 20  # seconds for what is being done to be finished


def commandes(arguments):
    """The commands, told apart by « -- »."""
    listes = [[]]
    for argument in arguments:
        if argument == "--":
            listes.append([])
        else:
            listes[-1].append(argument)
    return [liste for liste in listes if liste]


def arreter(processus):
    for un in processus:
        if un.poll() is None:
            un.terminate()
    fin = time.monotonic() + PATIENCE
    for un in processus:
        try:
            un.wait(max(0.1, fin - time.monotonic()))
        except subprocess.TimeoutExpired:
            un.kill()
            un.wait()


def main(arguments):
    demande = []
    for signe in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signe, lambda numero, _: demande.append(numero))
    # Apart from the terminal: Ctrl+C reaches this process, which tells each of them once.
    processus = [subprocess.Popen(c, start_new_session=True) for c in commandes(arguments)]
    parent = os.getppid()
    try:
        while not demande and all(un.poll() is None for un in processus):
            if os.getppid() != parent:
                break  # who started all this is gone
            time.sleep(0.2)
    finally:
        finis = [un.poll() for un in processus]
        arreter(processus)
    return 0 if demande else next((code for code in finis if code), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
