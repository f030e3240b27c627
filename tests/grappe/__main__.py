"""`make grappe`: the demonstration on several machines of one, until Ctrl+C."""

import signal
import sys
import time

from tests.grappe.grappe import Grappe, demonstration


def main():
    grappe, demande = Grappe(ports=[int(port) for port in sys.argv[1:]] or None), []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # while it starts, as Ctrl+C does
    try:
        grappe.demarrer(demonstration)
    except KeyboardInterrupt:
        return 1
    for signe in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signe, lambda numero, _: demande.append(numero))
    try:
        print(
            f"""
La grappe tourne ; Ctrl+C l’arrête et ne laisse rien.
  {grappe.webs[0].adresse}/   et   {grappe.webs[1].adresse}/
  base principale : {grappe.principale.adresse()}
  réplique        : {grappe.replique.adresse()}
  seau S3         : {grappe.environnement["S3_ADRESSE"]}
  ce qui se dit   : {grappe.dossier}/*.log
  son état        : {grappe.webs[0].adresse}/sante/pret/
Identifiants de la démonstration sur la page de connexion.""",
            flush=True,
        )
        while not demande and all(un.vit for un in (*grappe.webs, grappe.ouvrier)):
            time.sleep(0.2)
    finally:
        grappe.arreter()
    return 0 if demande else 1


if __name__ == "__main__":
    sys.exit(main())
