"""Lists, dashboard and séance with 1,000, 10,000 then 100,000 fiches, on PostgreSQL.

The reference of each page is itself at 1,000 fiches: the ratio says how it bears the volume. One
database grows and is measured, once for all the names asked.
"""

import sys
from functools import partial

from tests.bench.chronometre import mediane
from tests.bench.postgresql import mesurer
from tests.bench.tailles import taille

# The number of fiches that each name announces: the one there is, except in a trial.
TAILLES = {1_000: taille(1_000, 100), 10_000: taille(10_000, 150), 100_000: taille(100_000, 200)}
PAGES = ("liste_admin", "liste_region", "liste_publique", "tableau_de_bord", "seance")


def une(page, nombre):
    durees = mesurer(__name__, "preparer", "durees")[page]
    return durees[str(nombre)], durees[str(min(TAILLES))]


MESURES = {f"{page}_{nombre}": partial(une, page, nombre) for page in PAGES for nombre in TAILLES}


def preparer(dossier):
    from django.core.management import call_command

    call_command("demo", verbosity=0)


def durees(dossier):
    """{page: {number of fiches: milliseconds}}"""
    from django.db import connection

    from programme.demo.volume import Foule
    from programme.fiches.models import FicheAction
    from territoires.agents.models import Agent

    foule = Foule(Agent.objects.get(username="delegation"))
    resultats = {page: {} for page in PAGES}
    for nombre, fiches in TAILLES.items():
        foule.inventer(fiches - FicheAction.objects.count())
        with connection.cursor() as curseur:
            curseur.execute("VACUUM ANALYZE")
        for page, (client, adresse) in ouvertures().items():
            resultats[page][nombre] = mediane(partial(ouvrir, client, adresse), 5)
            print(page, nombre, f"{resultats[page][nombre]:.0f} ms", file=sys.stderr)
    return resultats


def ouvertures():
    """{page: (client signed in as who uses it, address)}"""
    from django.test import Client
    from django.urls import reverse

    from programme.comites.models import Seance
    from territoires.agents.models import Agent

    def entrer(identifiant):
        client = Client(SERVER_NAME="localhost")
        client.force_login(Agent.objects.get(username=identifiant))
        return client

    delegation, region = entrer("delegation"), entrer("region-occitanie")
    seance = Seance.objects.filter(comite__region="76").order_by("-date").first()
    liste = reverse("admin:programme_ficheaction_changelist")
    return {
        "liste_admin": (delegation, liste),
        "liste_region": (region, liste),
        "liste_publique": (Client(SERVER_NAME="localhost"), reverse("fiches")),
        "tableau_de_bord": (delegation, reverse("pilotage")),
        "seance": (region, reverse("admin:programme_seance_ordre_du_jour", args=[seance.pk])),
    }


def ouvrir(client, adresse):
    assert client.get(adresse).status_code == 200
