"""Public pages under a real server, each beside an empty view of the same server."""

import statistics
import threading
import time
from functools import cache

from evenements.models import Assemblee
from programme.comites.models import ComiteDePilotage
from programme.demo.volume import Foule
from programme.fiches.models import FicheAction
from territoires.editions.models import Territoire
from tests import factories as f
from tests.bench.carte import demander, serveur
from tests.bench.tailles import taille

TOURS = taille(40, 2)
SECONDES = taille(3, 0.1)
VISITEURS = 4


def adresses():
    """{name of the measure: address} of a page of each kind, with something to show."""
    return {
        "accueil": "/",
        "territoire": Territoire.objects.en_vigueur().order_by("pk").first().get_absolute_url(),
        "fiche": FicheAction.objects.du_public().order_by("pk").first().get_absolute_url(),
        "fiches": "/fiches/",
        "assemblee": Assemblee.objects.du_public().order_by("pk").first().get_absolute_url(),
    }


@cache
def mesurer():
    """{page: {"gardee", "inchangee": ms, "debit": pages/s}}, "vide" among them."""
    for comite in ComiteDePilotage.objects.all():
        f.SeanceFactory(comite=comite)
    Foule(f.agent_delegation()).inventer(taille(200, 10))
    pages, brotli = adresses() | {"vide": "/vide/"}, {"Accept-Encoding": "br"}
    with serveur() as port:
        etags = {nom: demander(port, lieu)[1].headers["ETag"] for nom, lieu in pages.items()}
        durees = {nom: {"gardee": [], "inchangee": []} for nom in pages}
        for _ in range(TOURS):
            for nom, adresse in pages.items():
                durees[nom]["gardee"].append(demander(port, adresse, **brotli)[0])
                connue = {"If-None-Match": etags[nom] or ""}
                durees[nom]["inchangee"].append(demander(port, adresse, **connue)[0])
        return {
            nom: {genre: statistics.median(d) for genre, d in mesures.items()}
            | {"debit": _debit(port, pages[nom])}
            for nom, mesures in durees.items()
        }


def _debit(port, adresse):
    """Pages a second that a few visitors together are given."""
    fin, servies = time.perf_counter() + SECONDES, []

    def visiter():
        while time.perf_counter() < fin:
            servies.append(demander(port, adresse, **{"Accept-Encoding": "br"})[0])

    visiteurs = [threading.Thread(target=visiter) for _ in range(VISITEURS)]
    for visiteur in visiteurs:
        visiteur.start()
    for visiteur in visiteurs:
        visiteur.join()
    return len(servies) / SECONDES


def contre_vide(page, genre):
    return lambda: (mesurer()[page][genre], mesurer()["vide"]["gardee"])


def debit(page):
    return lambda: (mesurer()[page]["debit"], mesurer()["vide"]["debit"], "pages/s")


PAGES = ("accueil", "territoire", "fiche", "fiches", "assemblee")
MESURES = {
    f"page_{page}_{genre}": contre_vide(page, genre)
    for page in PAGES
    for genre in ("gardee", "inchangee")
} | {f"page_{page}_debit": debit(page) for page in PAGES}
