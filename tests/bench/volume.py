"""Lists, dashboard and séance with 1,000, 10,000 then 100,000 fiches, on PostgreSQL.

The reference of each page is itself at 1,000 fiches: the ratio says how it bears the volume. One
database grows and is measured, once for all the names asked.
"""

import os
import sys
from functools import partial
from pathlib import Path

from tests.bench.chronometre import mediane
from tests.bench.postgresql import mesurer

TAILLES = (1_000, 10_000, 100_000)
PAGES = ("liste_admin", "liste_region", "liste_publique", "tableau_de_bord", "seance")


def une(page, taille):
    durees = mesurer(__name__, "preparer", "durees")[page]
    return durees[str(taille)], durees[str(TAILLES[0])]


MESURES = {f"{page}_{taille}": partial(une, page, taille) for page in PAGES for taille in TAILLES}


def preparer(dossier):
    from django.core.management import call_command

    with Path(os.devnull).open("w") as silence:
        call_command("demo", stdout=silence)


def durees(dossier):
    """{page: {number of fiches: milliseconds}}"""
    from django.db import connection

    from programme.demo.volume import Foule
    from programme.fiches.models import FicheAction
    from territoires.agents.models import Agent

    foule = Foule(Agent.objects.get(username="delegation"))
    resultats = {page: {} for page in PAGES}
    for taille in TAILLES:
        foule.inventer(taille - FicheAction.objects.count())
        with connection.cursor() as curseur:
            curseur.execute("VACUUM ANALYZE")
        for page, (client, adresse) in ouvertures().items():
            resultats[page][taille] = mediane(partial(ouvrir, client, adresse), 5)
            print(page, taille, f"{resultats[page][taille]:.0f} ms", file=sys.stderr)
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
