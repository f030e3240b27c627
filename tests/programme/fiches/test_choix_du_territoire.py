"""A new fiche is for a territoire of the map in force; an old one keeps its own."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def deux_editions():
    region = factories.RegionFactory()
    ancienne = factories.EditionCarteFactory(date=datetime.date(2020, 10, 1))
    jadis = factories.territoire_publie(region, nom="Jadis", edition=ancienne)
    aujourdhui = factories.territoire_publie(region, nom="Aujourd’hui")
    return region, jadis, aujourdhui


def choix(client, adresse):
    page = BeautifulSoup(client.get(adresse).content, "html.parser")
    return [
        (option.text, option.has_attr("selected"))
        for option in page.select("#id_territoire option")
        if option["value"]
    ]


def test_a_new_fiche_has_its_only_territoire_chosen(client, deux_editions):
    client.force_login(factories.agent_region(deux_editions[0]))
    adresse = reverse("admin:programme_ficheaction_add")
    assert choix(client, adresse) == [("Aujourd’hui", True)]


def test_an_old_fiche_keeps_its_territoire(client, deux_editions):
    region, jadis, _ = deux_editions
    fiche = factories.FicheActionFactory(territoire=jadis, saisie_par=region)
    client.force_login(factories.agent_region(region))
    adresse = reverse("admin:programme_ficheaction_change", args=[fiche.pk])
    assert choix(client, adresse) == [("Aujourd’hui", False), ("Jadis", True)]


def test_the_file_of_the_pratiques_is_taken_by_the_delegation_only(client):
    adresse = reverse("admin:programme_bonnepratique_exporter")
    client.force_login(factories.agent_region())
    assert client.get(adresse).status_code == 403
    client.force_login(factories.agent_delegation())
    assert client.get(adresse).status_code == 200
