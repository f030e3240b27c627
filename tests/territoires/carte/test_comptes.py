"""The map shows what the rooms above count for a territoire, and only what they declare."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db.models import Value

from territoires.carte import comptes
from territoires.editions.models import Territoire
from tests import factories as f


def deux_chacun():
    return Territoire.objects.order_by("pk").values_list("identifiant", Value(2))


@pytest.fixture(autouse=True)
def _carte(db, monkeypatch):
    cache.clear()
    f.territoire_publie("27", nom="Val", identifiant="val")
    monkeypatch.setattr(comptes, "_comptes", {**comptes._comptes})


def soupe(reponse):
    return BeautifulSoup(reponse.content, "html.parser")


def en_tetes(page):
    return [" ".join(th.text.split()).strip(" ▲▼") for th in page.select("#tableau-carte thead th")]


def couleurs(page):
    return [" ".join(option.text.split()) for option in page.select("#id_couleur option")]


def test_what_no_room_counts_is_nowhere(client):
    comptes._comptes.clear()
    page = soupe(client.get("/carte/?couleur=fiches&fiches=oui&tri=-fiches"))
    assert en_tetes(page) == ["Territoire", "Code", "Régions", "Habitants"]
    assert couleurs(page) == ["Région pilote"]
    assert page.select("select[name=fiches]") == []
    assert [" ".join(a.text.split()) for a in page.select("#tableau-carte tbody th")] == ["Val"]
    (entite,) = client.get("/carte/territoires.geojson").json()["features"]
    assert "fiches_publiques" not in entite["properties"]
    assert "fiche" not in " ".join(client.get("/integrer/territoires/val/").text.split())


def test_what_one_more_room_counts_is_everywhere(client):
    fiches = comptes.compte("fiches")
    usines = replace(
        fiches,
        cle="usines",
        propriete="usines",
        requete=deux_chacun,
        colonne="Usines",
        filtre="Avec des usines",
        couleur="usines",
        sur_la_carte=("usine", "usines"),
        en_toutes_lettres=("grande usine", "grandes usines"),
    )
    avant = client.get("/carte/")["ETag"]
    comptes.declarer(usines)
    reponse = client.get("/carte/?couleur=usines&usines=oui&tri=-usines")
    page = soupe(reponse)
    assert en_tetes(page) == ["Territoire", "Code", "Régions", "Habitants", "Fiches", "Usines"]
    assert couleurs(page) == ["Région pilote", "Fiches publiques", "Usines"]
    assert [" ".join(a.text.split()) for a in page.select("svg.carte > a > title")] == [
        "Val – 2 usines"
    ]
    (entite,) = client.get("/carte/territoires.geojson?usines=oui").json()["features"]
    assert entite["properties"]["usines"] == 2
    assert "2 grandes usines" in " ".join(client.get("/integrer/territoires/val/").text.split())
    assert "usines" in client.get("/donnees/carte/").text
    cache.clear()
    assert client.get("/carte/")["ETag"] != avant
