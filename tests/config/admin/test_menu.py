"""The menu of the agents' space: short, and with a way to all that the person may write."""

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from config.menu import MENUS, menu

GENRES = ["intercommunalité", "région", "État", "opérateur", "délégation"]


def demande(agent):
    requete = RequestFactory().get("/")
    requete.user = agent
    return requete


def liens(entrees):
    for entree in entrees:
        yield from liens(entree.suite) if entree.suite else [entree.adresse]


@pytest.mark.parametrize("genre", GENRES)
def test_it_has_at_most_seven_entries_and_each_page_opens(genre, pays, entrer):
    agent = pays["agents"][genre]
    entrees, client = menu(demande(agent)), entrer(agent)
    assert len(entrees) <= 7
    for adresse in liens(entrees):
        assert client.get(adresse).status_code == 200, adresse


@pytest.mark.parametrize("genre", GENRES)
def test_what_one_may_write_is_in_it(genre, pays):
    agent = pays["agents"][genre]
    offertes = set(liens(menu(demande(agent))))
    for application in admin.site.get_app_list(demande(agent)):
        for modele in application["models"]:
            droits = modele["perms"]
            if droits["add"] or droits["change"] or droits["delete"]:
                assert modele["admin_url"] in offertes, modele["object_name"]


def test_every_role_has_one(pays):
    assert {a.niveau for a in pays["agents"].values() if a and a.niveau} == set(MENUS)


def test_the_page_one_is_on_is_told(pays, entrer):
    page = entrer(pays["agents"]["région"]).get(reverse("admin:programme_seance_changelist"))
    html = BeautifulSoup(page.content, "html.parser")
    (ici,) = html.select("#navigation a[aria-current]")
    assert ici.text == "Séances"
    assert "(rubrique en cours)" in ici.find_parent("details").summary.text


def test_nobody_without_a_session_sees_one(client, db):
    porte = client.get(reverse("admin:login"), follow=True)
    page = BeautifulSoup(porte.content, "html.parser")
    assert not page.select(".habillage-menu")
