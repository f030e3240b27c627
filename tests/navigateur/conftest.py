"""The product as people meet it: the demonstration, served by its own process, in Chromium."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import expect

RACINE = Path(__file__).resolve().parents[2]
# The one without windows first: it opens a page at a third of the cost of the other.
CHROMIUM = (
    shutil.which("chromium-headless-shell")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
)
MOT_DE_PASSE = "demonstration"
# Those of the standard, and what axe calls good practice.
NORMES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REGLES = {"type": "tag", "values": NORMES}
LECTEUR = Axe(axe_script="0")  # a page is given the script once, however often it is read
SESSIONS = {}  # (when, the cookies) of who has signed in, by identifiant
# A page that is grave asks again for the password of who signed in long ago: never this long.
RECENTE = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT / 3

expect.set_options(timeout=20_000)  # a machine under load is slow, not wrong


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.navigateur)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    if CHROMIUM is None:
        message = "Chromium n’est pas installé : les tests du navigateur ne peuvent pas tourner."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    return chromium()


def chromium():
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture(scope="session")
def browser_context_args(base_url):
    return {"base_url": base_url, "locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture(scope="session")
def environnement(tmp_path_factory, worker_id):
    """A copy of the whole demonstration, in a database of the kind the other tests run on.

    The workers share one preparation: the first prepares it, each serves its own copy.
    """
    commun = tmp_path_factory.getbasetemp()
    commun = commun.parent if worker_id != "master" else commun
    modele = _environnement(commun / "demonstration", "demonstration")
    with (commun / "demonstration.verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if not Path(modele["MEDIA_ROOT"]).exists():
            preparer(modele)
        dossier = tmp_path_factory.mktemp("demonstration") / "copie"
        shutil.copytree(commun / "demonstration", dossier)
        copie = _environnement(dossier, f"demonstration_{worker_id}")
        if _sur_postgresql():
            _executer(f"CREATE DATABASE demonstration_{worker_id} TEMPLATE demonstration")
    return copie


def _environnement(dossier, base):
    environnement = environnement_sur_sqlite(dossier)
    if _sur_postgresql():
        morceaux = urlsplit(os.environ["DATABASE_URL"])
        environnement["DATABASE_URL"] = urlunsplit(morceaux._replace(path=f"/{base}"))
    return environnement


def environnement_sur_sqlite(dossier):
    return os.environ | {
        "DEMO": "true",
        "DATABASE_URL": f"sqlite:///{dossier / 'demonstration.sqlite3'}",
        "MEDIA_ROOT": str(dossier / "media"),
    }


def preparer(environnement):
    Path(environnement["MEDIA_ROOT"]).mkdir(parents=True)
    if _sur_postgresql():
        _executer("CREATE DATABASE demonstration")
    demo = subprocess.run(
        [sys.executable, "manage.py", "demo"],
        cwd=RACINE,
        env=environnement,
        capture_output=True,
        text=True,
    )
    assert demo.returncode == 0, demo.stderr


def _sur_postgresql():
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def _executer(requete):
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connexion:
        connexion.execute(requete)


@pytest.fixture(scope="session")
def base_url(environnement):
    with servir(environnement) as adresse:
        yield adresse


@contextmanager
def servir(environnement):
    """Serve the demonstration on a free port until the end."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port = libre.getsockname()[1]
    adresse = f"http://127.0.0.1:{port}"
    serveur = subprocess.Popen(
        # A browser opens connections that it may never use: one thread would wait on them.
        [
            *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--threads", "4", "--timeout", "120"),
        ],
        cwd=RACINE,
        env=environnement | {"ADRESSE_DU_SITE": adresse},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _attendre(adresse, serveur)
        yield adresse
    finally:
        serveur.terminate()
        serveur.wait(10)


def _attendre(adresse, serveur):
    for _ in range(100):
        if serveur.poll() is not None:
            pytest.fail("Le serveur de démonstration s’est arrêté au démarrage.")
        try:
            urllib.request.urlopen(f"{adresse}/aide/", timeout=5)
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("Le serveur de démonstration ne répond pas.")


def entrer(page, identifiant):
    """Sign in as one of the demonstration's agents; returns the page, on the home of the admin.

    Each agent types a password once in a while: what follows is not about signing in.
    """
    quand, temoins = SESSIONS.get(identifiant, (0, []))
    if temoins and time.monotonic() - quand < RECENTE:
        page.context.add_cookies(temoins)
        page.goto("/admin/")
        return page
    page.goto("/admin/login/")
    page.get_by_label("Identifiant ou adresse e-mail").fill(identifiant)
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/admin/")
    SESSIONS[identifiant] = (time.monotonic(), page.context.cookies())
    return page


def continuer(page):
    """Save and stay; returns once the answer is there, so that the next read is of it."""
    with page.expect_navigation():
        page.locator("[name=_continue]").click()


def agir(page, nom):
    """Press this act on the form of a fiche, unfolding the others when it is not the main one."""
    barre = page.locator(".fiche-barre")
    acte = barre.get_by_role("button", name=nom, exact=True).or_(
        barre.get_by_role("link", name=nom, exact=True)
    )
    if not acte.is_visible():
        barre.locator("summary").click()
    acte.click()


@pytest.fixture
def connecter(page):
    """Sign in, on the page of the test, whoever was there before."""

    def _connecter(identifiant):
        page.context.clear_cookies()
        return entrer(page, identifiant)

    return _connecter


@pytest.fixture
def ouvrir_pour(browser, browser_context_args):
    """Sign in in a browser of its own, beside the others of the test; all are closed after it."""
    ouverts = []

    def _ouvrir(identifiant):
        ouverts.append(browser.new_context(**browser_context_args))
        return entrer(ouverts[-1].new_page(), identifiant)

    yield _ouvrir
    for contexte in ouverts:
        contexte.close()


def fautes_d_axe(page):
    """What axe says of the page that stands, a text for each fault."""
    page.wait_for_load_state()  # a click returns as soon as the answer begins
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    lu = LECTEUR.run(page, options={"resultTypes": ["violations"], "runOnly": REGLES})
    return [
        f"{faute['id']}: {noeud['html'][:200]}"
        for faute in lu.response["violations"]
        for noeud in faute["nodes"][:3]
    ]


@pytest.fixture
def verifier_accessibilite():
    """Fail with the list of what axe found on the page."""

    def _verifier(page):
        assert fautes_d_axe(page) == [], page.url

    return _verifier
