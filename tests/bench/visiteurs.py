"""Visitors and agents for locust, behind what a proxy does: the first web process that answers.

What they were told is written at the end where VISITEURS_BILAN says.
"""

import itertools
import json
import os
import random
import time
from collections import Counter
from pathlib import Path

import requests
from locust import HttpUser, between, events, task

from tests.formulaires import Formulaires

HOTES = os.environ["VISITEURS_HOTES"].split(",")
PLAN = json.loads(Path(os.environ["VISITEURS_PLAN"]).read_text())
TETE = {"Accept-Encoding": "br, gzip"}
ABSENCE = 1  # seconds that a host which refused a connection is left alone
absents, agents = {}, itertools.cycle(PLAN["agents"])
bilan = {"statuts": Counter(), "durees": [], "accuses": [], "refus": Counter(), "secondes": {}}


class Coupee(Exception):
    """No answer came: the visitor does not know what became of it."""


def noter(nom, methode, statut, servie):
    """One answer, or none: counted, and by the second, so that how long nothing came is known."""
    bilan["statuts"][f"{methode} {statut}"] += 1
    seconde = bilan["secondes"].setdefault(nom, {}).setdefault(int(time.time()), [0, 0])
    seconde[0 if servie else 1] += 1


def demander(client, methode, chemin, nom, **options):
    """The answer of the first host that takes the request; one that was sent is not sent twice."""
    presents = [h for h in HOTES if absents.get(h, 0) < time.monotonic()] or HOTES
    random.shuffle(presents)
    for hote in presents:
        debut = time.perf_counter()
        try:
            reponse = client.request(
                methode, f"{hote}{chemin}", name=nom, allow_redirects=False, timeout=60, **options
            )
        except requests.RequestException:  # locust gives an answer of its own instead
            continue
        if reponse.status_code:
            noter(nom, methode, reponse.status_code, reponse.status_code < 400)
            bilan["durees"].append(1000 * (time.perf_counter() - debut))
            return reponse
        absents[hote] = time.monotonic() + ABSENCE
        if methode == "POST" and not _est_refusee(reponse):
            break
    noter(nom, methode, "sans réponse", False)
    raise Coupee(chemin)


def _est_refusee(reponse):
    """Nobody listened: nothing of it was read."""
    return "Connection refused" in str(reponse.error)


class Visiteur(HttpUser):
    host, weight, wait_time = HOTES[0], 4, between(0, 0.1)

    @task
    def lire(self):
        try:
            demander(self.client, "GET", random.choice(PLAN["pages"]), "page", headers=TETE)
        except Coupee:
            return


class AgentQuiEnregistre(HttpUser):
    """Opens the form of its fiche, adds a word to it, saves: a save is told by a redirection."""

    host, weight, wait_time = HOTES[0], 1, between(0.1, 0.5)

    def on_start(self):
        self.moi = next(agents)
        self.client.cookies.set("sessionid", self.moi["session"], domain="127.0.0.1")
        self.rang = 0

    @task
    def enregistrer(self):
        chemin = f"/admin/programme/ficheaction/{self.moi['fiche']}/change/"
        try:
            page = demander(self.client, "GET", chemin, "formulaire", headers=TETE)
            if page.status_code != 200:
                return
            self.rang += 1
            marque = f"mot-{os.getpid()}-{self.moi['fiche']}-{self.rang}-fin"
            envoi = self._remplir(page.text, marque)
            reponse = demander(self.client, "POST", chemin, "enregistrement", data=envoi)
        except Coupee:
            return
        if reponse.status_code == 302 and "connexion" not in reponse.headers["Location"]:
            bilan["accuses"].append(marque)
        else:
            bilan["refus"][reponse.status_code] += 1

    def _remplir(self, page, marque):
        lus = Formulaires(page).lus
        (donnees,) = [d for a, d, _ in lus if a.get("id") == "ficheaction_form"]
        donnees["contexte"] = marque
        return [
            (nom, valeur)
            for nom, valeurs in donnees.lists()
            if "__prefix__" not in nom
            for valeur in valeurs
        ]


@events.quitting.add_listener
def ecrire(**_):
    Path(os.environ["VISITEURS_BILAN"]).write_text(json.dumps(bilan))
