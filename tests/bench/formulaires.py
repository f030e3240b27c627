"""The form of a fiche for who writes all of it: CPU, beside the stock admin's of the same fiche."""

import time
from functools import cache

from django.test import Client, override_settings

from tests import factories as f
from tests.bench import ordinaire
from tests.bench.chronometre import mediane
from tests.bench.tailles import taille

TOURS = 20
PLAFOND = 150  # milliseconds of CPU that it must never reach


def une_fiche():
    """A draft with several rows in each of its tables."""
    from territoires.editions.models import Territoire

    fiche = f.fiche_complete(Territoire.objects.en_vigueur().order_by("pk").first())
    for rang in range(2, taille(7, 3)):
        f.FinancementFactory(fiche=fiche, financeur=f"Financeur {rang}", montant=10)
        f.EtapeFactory(fiche=fiche, ordre=rang)
        f.IndicateurFactory(fiche=fiche, libelle=f"Indicateur {rang}")
        f.ObstacleFactory(fiche=fiche)
        f.PieceJointeFactory(fiche=fiche)
    return fiche


@cache
def mesurer():
    """{"notre", "ordinaire"}: milliseconds of CPU of one page."""
    fiche, client = une_fiche(), Client()
    client.force_login(f.agent_delegation())

    def cpu(adresse, **reglages):
        with override_settings(
            ROOT_URLCONF="tests.bench.adresses", ALLOWED_HOSTS=["*"], **reglages
        ):
            assert client.get(adresse).status_code == 200, adresse
            return mediane(lambda: client.get(adresse), TOURS, horloge=time.process_time)

    page = f"programme/ficheaction/{fiche.pk}/change/"
    return {
        "notre": cpu(f"/admin/{page}"),
        "ordinaire": cpu(f"/ordinaire/{page}", **ordinaire.REGLAGES),
    }


MESURES = {
    "formulaire": lambda: (mesurer()["notre"], mesurer()["ordinaire"]),
    "formulaire_cpu": lambda: (mesurer()["notre"], PLAFOND),
}
