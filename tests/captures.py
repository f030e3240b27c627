"""Make the pictures of the guide from the demonstration: `make captures`.

Each page of `config/aide.py` says who looks, and where; the picture is what they see there.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

ECRAN = {"width": 1100, "height": 700}
QUALITE = 60  # of a JPEG: some 50 kB a picture


@contextmanager
def ouvrier(environnement, base):
    """The worker that `make demo` has beside its site: without it a page would tell an alarm."""
    commande = [sys.executable, "manage.py", "ouvrier", "--avec-son-parent"]
    processus = subprocess.Popen(commande, env=environnement)
    try:
        while not _est_au_travail(base):
            if processus.poll() is not None:
                raise RuntimeError("L’ouvrier s’est arrêté.")
            time.sleep(0.2)
        yield
    finally:
        processus.terminate()
        processus.wait(20)


def _est_au_travail(base):
    with closing(sqlite3.connect(base)) as connexion:
        return connexion.execute("SELECT COUNT(*) FROM taches_ouvrier").fetchone()[0]


def capturer(page, recette, image):
    """One picture: the address, then what is opened from there by its name."""
    adresse, *suite = recette.chemin
    if not page.goto(adresse).ok:
        raise RuntimeError(f"{adresse} n’est plus une page.")
    for nom in suite:
        if nom:
            corps = page.locator("#content")
            bouton, lien = (
                corps.get_by_role(role, name=nom, exact=True, include_hidden=True)
                for role in ("button", "link")
            )
            acte = bouton.or_(lien).first
            acte.wait_for(state="attached")
            if not acte.is_visible():
                # Of the acts on a fiche, all but the main one are folded.
                page.locator(".fiche-barre summary").click()
            acte.click()
        else:
            page.locator("#result_list tbody th a").first.click()
        page.wait_for_load_state()
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    page.screenshot(path=image, type="jpeg", quality=QUALITE)


def main(voulues):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DEMO"] = "true"
    import django

    django.setup()
    from config.aide import ECRANS, IMAGES
    from tests.navigateur import conftest as demonstration

    inconnues = set(voulues) - ECRANS.keys()
    if inconnues:
        return f"Pages inconnues : {', '.join(sorted(inconnues))}."
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as dossier, sync_playwright() as playwright:
        environnement = demonstration.environnement_sur_sqlite(Path(dossier) / "demonstration")
        demonstration.preparer(environnement)
        base = Path(dossier) / "demonstration" / "demonstration.sqlite3"
        with ouvrier(environnement, base), demonstration.servir(environnement) as adresse:
            navigateur = playwright.chromium.launch(**demonstration.chromium())
            for slug in voulues or ECRANS:
                contexte = navigateur.new_context(
                    base_url=adresse, locale="fr-FR", timezone_id="Europe/Paris", viewport=ECRAN
                )
                page = contexte.new_page()
                page.set_default_timeout(20_000)
                if ECRANS[slug].agent:
                    demonstration.entrer(page, ECRANS[slug].agent)
                capturer(page, ECRANS[slug], IMAGES / f"{slug}.jpg")
                contexte.close()
                print(f"{slug}.jpg", flush=True)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
