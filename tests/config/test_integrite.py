"""Each script and sheet is named with the digest of the file that is served."""

from base64 import b64encode
from hashlib import sha384
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from django.template import engines
from django.urls import reverse

from config import integrite
from tests import factories as f

PAR_UNE_VUE = "/admin/jsi18n/"  # words of the admin, made by a view: no file to know beforehand


def condense(contenu):
    return "sha384-" + b64encode(sha384(contenu).digest()).decode()


def charges(html):
    """(address, digest that is asked for) of what a page runs or is dressed by."""
    soupe = BeautifulSoup(html, "html.parser")
    for element in soupe.select("script[src], link[rel=stylesheet]"):
        yield element.get("src") or element["href"], element.get("integrity")


def lire(adresse):
    return Path(finders.find(adresse.removeprefix("/static/"))).read_bytes()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "adresse", ["accueil", "account_login", "integrer-en-vigueur", "carte-en-vigueur"]
)
def test_what_a_page_of_anybody_loads_is_what_it_says(adresse, client):
    f.territoire_publie(f.RegionFactory())
    vus = [*charges(client.get(reverse(adresse)).content)]
    assert vus
    assert vus == [(fichier, condense(lire(fichier))) for fichier, _ in vus]


@pytest.mark.django_db
def test_what_a_form_of_the_admin_loads_is_what_it_says(delegation, client):
    """Its own templates, Django's, those of the design system, and the files of its fields."""
    vus = dict(charges(client.get(reverse("admin:programme_seance_add")).content))
    vus.pop(PAR_UNE_VUE)
    noms = {"/static/admin/js/change_form.js", "/static/admin/js/calendar.js"}
    assert noms | {"/static/dsfr/dist/dsfr/dsfr.min.css"} <= vus.keys()
    assert vus == {fichier: condense(lire(fichier)) for fichier in vus}


def test_a_sheet_that_collecting_rewrote_is_known_as_it_is_served(settings, tmp_path, monkeypatch):
    """Its own names in it carry digests: that of the file as it was written would be refused."""
    stockage = ManifestStaticFilesStorage(location=tmp_path)
    for nom, texte in {"image.svg": "<svg/>", "page.css": "p{background:url(image.svg)}"}.items():
        stockage.save(nom, ContentFile(texte))
    fichiers = {nom: (stockage, nom) for nom in ("image.svg", "page.css")}
    assert all(fait is True for *_, fait in stockage.post_process(fichiers))
    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr(integrite, "staticfiles_storage", stockage)
    integrite._condense.cache_clear()
    servie = (tmp_path / stockage.stored_name("page.css")).read_bytes()
    assert b"image." in servie and b"url(image.svg)" not in servie
    assert condense(servie) in integrite.integrite("page.css")
    integrite._condense.cache_clear()


def test_a_page_that_is_drawn_again_reads_no_file_again(monkeypatch):
    page = engines["django"].get_template("composants/tete.html")
    premiere = page.render({})
    assert "integrity=" in premiere
    monkeypatch.setattr(integrite.Path, "read_bytes", None)
    assert page.render({}) == premiere


def test_who_writes_a_sheet_sees_it_at_once(settings):
    settings.DEBUG = True
    assert integrite.integrite("territoires/site.css") == ""
