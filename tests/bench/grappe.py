"""The cluster under visitors and agents, against one process; then what is killed under them.

Every save that an agent was told of is looked for in the history: one missing is a failure.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from tests.bench import tailles
from tests.bench.postgresql import une_fois
from tests.bench.tailles import taille
from tests.grappe.grappe import Grappe
from tests.grappe.processus import RACINE, port_libre

SECONDES = taille(60, 10)
VISITEURS = taille(20, 4)
FICHES = taille(1000, 10)
COUPS = int(os.environ.get("COUPS", taille(6, 2)))
REPIT = taille(3, 0.5)  # seconds between two kills
PRISE, REPRISE = 20, 180  # seconds for a task to be taken, and for all to be over
TACHES = "django_tasks_database_dbtaskresult"
PAGES = ("/", "/fiches/", "/carte/", "/territoires/", "/actualites/", "/donnees/", "/regions/")


def garnir(environnement):
    """Fixtures, invented fiches, and agents with a session: all in a process of that base."""
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.bench.grappe", "preparer"],
        cwd=RACINE,
        env=environnement | {"BENCH_ESSAI": str(tailles.ESSAI).lower()},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def preparer():
    tailles.ouvrir()
    tailles.charger()
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)  # a trial does without migrations
    from django.test import Client

    from programme.comites.models import ComiteDePilotage
    from programme.demo.volume import Foule
    from programme.fiches.models import FicheAction
    from territoires.editions.models import Territoire
    from territoires.recherche.indexation import mettre_a_jour
    from tests import factories as f

    agent = f.agent_delegation()
    for comite in ComiteDePilotage.objects.all():
        f.SeanceFactory(comite=comite)
    Foule(agent).inventer(FICHES)
    territoires = Territoire.objects.en_vigueur().order_by("pk")
    agents = []
    for territoire in territoires[:VISITEURS]:
        client = Client()
        client.force_login(agent)
        fiche = f.FicheActionFactory(territoire=territoire)
        agents.append({"session": client.cookies["sessionid"].value, "fiche": fiche.pk})
    mettre_a_jour()
    publiques = [*territoires[:40], *FicheAction.objects.du_public().order_by("pk")[:200]]
    pages = [*PAGES, *(objet.get_absolute_url() for objet in publiques)]
    _plan(os.environ).write_text(json.dumps({"pages": pages, "agents": agents}))


def _plan(environnement):
    return Path(environnement["MEDIA_ROOT"]).with_name("plan.json")


def charger(grappe, webs, pendant):
    """What visitors and agents were told of these web processes while `pendant` runs: the account
    of `visiteurs.py`."""
    bilan = grappe.dossier / "bilan.json"
    commande = ["-m", "locust", "-f", "tests/bench/visiteurs.py", "--headless", "--only-summary"]
    nombre = ["--users", str(VISITEURS), "--spawn-rate", str(VISITEURS)]
    avec = grappe.environnement | {
        "VISITEURS_HOTES": ",".join(web.adresse for web in webs),
        "VISITEURS_PLAN": str(_plan(grappe.environnement)),
        "VISITEURS_BILAN": str(bilan),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(RACINE),
    }
    journal = grappe.dossier / f"locust-{time.monotonic_ns()}.log"
    with journal.open("ab") as sortie:
        locust = subprocess.Popen(
            [sys.executable, *commande, *nombre],
            cwd=RACINE,
            env=avec,
            stdout=sortie,
            stderr=sortie,
        )
        _attendre_les_visiteurs(locust, journal)
        debut = time.monotonic()
        try:
            pendant()
        finally:
            secondes = time.monotonic() - debut
            locust.terminate()  # it writes its account
            locust.wait(120)
    return json.loads(bilan.read_text()) | {"duree": round(secondes)}


def _attendre_les_visiteurs(locust, journal):
    """Until all of them have come: on a slow machine that takes longer than a trial lasts."""
    fin = time.monotonic() + 120
    while b"All users spawned" not in journal.read_bytes():
        if locust.poll() is not None or time.monotonic() > fin:
            raise TimeoutError(f"Les visiteurs ne viennent pas : voir {journal}")
        time.sleep(0.2)


def perdus(grappe, bilan):
    """The saves that an agent was told of and that the history does not have."""
    dans = grappe.lire(
        "SELECT DISTINCT contexte FROM programme_historicalficheaction WHERE contexte LIKE %s",
        "mot-%",
    )
    return sorted(set(bilan["accuses"]) - {contexte for (contexte,) in dans})


def frapper(grappe, coups):
    """Kill one part after the other, each started again as a supervisor would."""
    parties = [grappe.webs[0], grappe.ouvrier, grappe.replique, grappe.principale, grappe.webs[1]]
    hasard = random.Random(5)
    for rang in range(coups):
        time.sleep(REPIT)
        victime = parties[rang] if rang < len(parties) else hasard.choice(parties)
        if victime is grappe.ouvrier:
            _occuper(grappe)
        victime.tuer()
        time.sleep(REPIT / 3)
        victime.demarrer()
        if hasattr(victime, "attendre"):
            victime.attendre()


def _occuper(grappe):
    """Bring every schedule forward, and wait until the worker has one in hand."""
    grappe.lire("UPDATE taches_echeance SET prochaine_le = now() RETURNING 1")
    fin = time.monotonic() + PRISE
    while time.monotonic() < fin:
        if prises := grappe.lire(f"SELECT id FROM {TACHES} WHERE status = 'RUNNING'"):
            grappe.tenues.update(prises)
            return
        time.sleep(0.05)


def finir_les_taches(grappe):
    """(tasks held by a worker that was killed, schedules that failed): once nothing waits. A task
    that nobody takes up again is a failure."""
    fin = time.monotonic() + REPRISE
    while attendent := grappe.lire(
        f"SELECT task_path, status FROM {TACHES} WHERE status IN ('READY', 'RUNNING')"
    ):
        if time.monotonic() > fin:
            raise AssertionError(f"Tâches que personne ne reprend : {attendent}")
        time.sleep(0.5)
    en_cours = "SELECT nom FROM taches_echeance WHERE finie_le IS NULL AND tache IS NOT NULL"
    if perdues := grappe.lire(en_cours):
        raise AssertionError(f"Échéances commencées et jamais finies : {perdues}")
    return len(grappe.tenues), grappe.lire("SELECT nom, dit FROM taches_echeance WHERE echecs > 0")


def _trous(bilan):
    """Of each kind of page: the seconds in which every answer failed, among those it was asked."""
    for page, secondes in sorted(bilan["secondes"].items()):
        vides = sum(not bons for bons, _ in secondes.values())
        yield f"{page} : {vides} s sans réponse sur {len(secondes)}"


def dire(nom, bilan, grappe):
    """One account in a few lines, for who reads the figures."""
    total, durees = sum(bilan["statuts"].values()), sorted(bilan["durees"]) or [0.0]
    oublies, duree = perdus(grappe, bilan), bilan["duree"]
    p95 = durees[int(0.95 * (len(durees) - 1))]
    print(
        f"# {nom} : {total} demandes en {duree} s ({total / duree:.0f}/s), "
        f"médiane {statistics.median(durees):.0f} ms, 95 % sous {p95:.0f} ms ; "
        f"{len(bilan['accuses'])} enregistrements confirmés, {len(oublies)} perdus ; "
        f"{json.dumps(bilan['statuts'], ensure_ascii=False)} ; {', '.join(_trous(bilan))}",
        flush=True,
    )
    if oublies:
        raise AssertionError(f"Enregistrements confirmés et perdus : {oublies[:5]}")
    pannes = [s for s in bilan["statuts"] if s.split()[1].startswith("5") and s[-3:] != "503"]
    if pannes:
        raise AssertionError(f"Des pannes sans phrase : {pannes}")
    return total


@une_fois
def mesurer():
    """{"grappe", "seul": account of the same load; "coups": account while parts are killed}."""
    grappe = Grappe()
    grappe.demarrer(garnir)
    try:
        seul = grappe.web("seul", port_libre())
        seul.environnement = seul.environnement | {"DATABASE_URL_REPLIQUE": ""}
        durer = partial(time.sleep, SECONDES)
        bilans = {"grappe": charger(grappe, grappe.webs, durer)}
        for web in grappe.webs:
            web.arreter()
        seul.demarrer()
        seul.attendre()
        bilans["seul"] = charger(grappe, [seul], durer)
        seul.arreter()
        for web in grappe.webs:
            web.demarrer()
            web.attendre()
        grappe.tenues = set()
        bilans["coups"] = charger(grappe, grappe.webs, partial(frapper, grappe, COUPS))
        tenues, rates = finir_les_taches(grappe)
        for nom, bilan in bilans.items():
            dire(nom, bilan, grappe)
        print(f"# tâches : {tenues} tenues par un ouvrier tué, aucune oubliée ; en échec : {rates}")
        return bilans
    finally:
        grappe.arreter()


def debit():
    """Requests a second, of the cluster and of one process without a replica."""
    par_seconde = {
        nom: sum(bilan["statuts"].values()) / bilan["duree"] for nom, bilan in mesurer().items()
    }
    return par_seconde["grappe"], par_seconde["seul"], "demandes/s"


def sans_reponse():
    """Requests without their answer while parts are killed, among all."""
    statuts = mesurer()["coups"]["statuts"]
    bons = sum(nombre for s, nombre in statuts.items() if s.split()[1][0] in "23")
    total = sum(statuts.values())
    return total - bons, total, "demandes"


MESURES = {"grappe": debit, "grappe_coups": sans_reponse}

if __name__ == "__main__":
    globals()[sys.argv[1]]()
