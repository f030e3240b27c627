"""The front door: the question first, the figures, the latest decisions, the story, how to help."""

import datetime

import pytest
from bs4 import BeautifulSoup

from tests import factories as f
from tests.programme.test_fuites import valider

pytestmark = pytest.mark.django_db


def accueil(client):
    return BeautifulSoup(client.get("/").content, "html.parser")


def mots(balise):
    return " ".join(balise.get_text(" ", strip=True).split())


def test_the_first_thing_asked_is_ones_commune(client):
    page = accueil(client)
    premier = page.main.select_one("h1, h2, form")
    assert "Ma commune" in premier.text
    formulaire = page.main.select_one('form[role="search"]')
    assert formulaire["action"] == "/recherche/"
    assert page.select_one(f'label[for="{formulaire.select_one("input")["id"]}"]')


def test_each_figure_is_that_of_the_list_behind_it(client):
    fiche = valider(f.fiche_complete(cout_total=2_500_000), f.agent_delegation())
    f.FicheActionFactory(territoire=fiche.territoire, cout_total=9_000_000)  # a draft
    f.ConventionFactory(publiee=True)
    chiffres = {mots(a): a["href"] for a in accueil(client).select(".chiffres a")}
    assert chiffres["1 fiche action publique"] == "/fiches/"
    assert chiffres["2,5 millions d’euros de projets décidés"] == "/fiches/"
    assert chiffres["1 convention signée"] == "/conventions/"
    assert chiffres["1 territoire"] == "/territoires/"


def test_a_decision_is_a_card_with_its_place_its_state_and_its_cost(client):
    fiche = valider(f.fiche_complete(cout_total=2_500_000), f.agent_delegation())
    (carte,) = accueil(client).select('section[aria-labelledby="decisions"] .carte-fiche')
    assert carte.select_one("h3 a")["href"] == fiche.get_absolute_url()
    for dit in (fiche.titre, fiche.territoire.nom, "validée", "2\u202f500\u202f000"):
        assert dit in carte.text


def test_the_story_is_told_in_dated_figures(client):
    f.DateCleFactory(le=datetime.date(2019, 4, 30), chiffre="330 projets")
    f.DateCleFactory(le=datetime.date(2019, 3, 1), precision="mois", chiffre="plus de 200 projets")
    for adresse in ("/", "/programme/"):
        page = BeautifulSoup(client.get(adresse).content, "html.parser")
        dites = [mots(li).split(" Le ")[0] for li in page.select(".dates-cles li")]
        assert dites == ["mars 2019 plus de 200 projets", "30 avril 2019 330 projets"]


def test_the_home_of_an_empty_site_still_asks_and_explains(client):
    page = accueil(client)
    assert "Aucune décision n’est encore publiée." in page.text
    assert page.select(".dates-cles") == []
    assert len(page.select('section[aria-labelledby="participer"] .carte-fiche')) == 3
