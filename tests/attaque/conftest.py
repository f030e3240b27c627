"""Thousands of refusals are what an attack is made of: they are not worth a line each.

Each test says its figures as it ends, whichever process it ran in.
"""

import logging
import time

import pytest
from django.contrib.auth import SESSION_KEY

from territoires.acces import cles
from tests.attaque.outils import LONGUE

DIT = "attaque"


@pytest.fixture(autouse=True)
def _sans_bruit():
    journaux = [logging.getLogger(nom) for nom in ("django.request", "django.security", "sante")]
    niveaux = [journal.level for journal in journaux]
    for journal in journaux:
        journal.setLevel(logging.CRITICAL)
    yield
    for journal, niveau in zip(journaux, niveaux, strict=True):
        journal.setLevel(niveau)


@pytest.fixture(autouse=True)
def _sans_limite(sans_limite):
    pass


@pytest.fixture
def ouvrir(entrer):
    """How this person opens an address: in its session, or by its key where the API asks for one.

    Put out of its session it would be refused everything, like anybody: that is no attack.
    """

    def _ouvrir(agent):
        client = entrer(agent)
        cle = {"Authorization": f"Bearer {cles.creer(agent, 'essai')[1]}"} if agent else {}

        def ouvrir(adresse):
            if adresse.startswith("/api/"):
                return client.get(adresse, headers=cle)
            reponse = client.get(adresse)
            assert agent is None or client.session[SESSION_KEY] == str(agent.pk), adresse
            return reponse

        return ouvrir

    return _ouvrir


@pytest.fixture
def dire(record_property):
    """The figures of an attack, on one line."""
    debut = time.monotonic()

    def _dire(nom, **chiffres):
        dits = ", ".join(f"{valeur} {quoi.replace('_', ' ')}" for quoi, valeur in chiffres.items())
        record_property(DIT, f"{nom} : {dits}, en {time.monotonic() - debut:.0f} s")

    return _dire


def pytest_runtest_logreport(report):
    if LONGUE and report.when == "call":
        for nom, dit in report.user_properties:
            if nom == DIT:
                print(f"\n{time.strftime('%H:%M:%S')} {dit}", flush=True)
