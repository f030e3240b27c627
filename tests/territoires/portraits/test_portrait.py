"""The page of a territoire: a portrait that is good with much, and with nothing filled in."""

import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import models
from django.urls import reverse

from programme.fiches.models import FicheAction
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee
from tests.programme.test_fuites import valider

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def portrait(client, territoire):
    return BeautifulSoup(client.get(territoire.get_absolute_url()).content, "html.parser")


def mots(balise):
    return " ".join(balise.get_text(" ", strip=True).split())


def financee(territoire, cout, **montants):
    fiche = f.fiche_complete(territoire, cout_total=cout)
    fiche.financements.all().delete()
    for statut, montant in montants.items():
        f.FinancementFactory(fiche=fiche, financeur=statut, statut=statut, montant=montant)
    return valider(fiche, f.agent_delegation())


def test_its_money_is_one_bar_of_what_is_there_asked_for_and_to_be_found(client):
    territoire = f.territoire_publie()
    financee(territoire, 1000, acquis=500, demande=300)
    page = portrait(client, territoire)
    barre = page.select_one("svg.bande")
    assert [float(part["width"]) for part in barre.select("rect")] == [500, 300, 200]
    assert "acquis 500" in barre["aria-label"]
    legende = [mots(part) for part in page.select(".argent__legende li")]
    assert legende == ["Acquis 500 € (50 %)", "Demandé 300 € (30 %)", "À trouver 200 € (20 %)"]


def test_an_action_given_up_is_no_money_to_be_found(client):
    territoire = f.territoire_publie()
    fiche = financee(territoire, 1000, acquis=500)
    # Whatever led there: the state alone is of interest here.
    siennes = models.QuerySet(FicheAction).filter(pk=fiche.pk)
    siennes.update(etat=FicheAction.Etat.ABANDONNEE)
    assert portrait(client, territoire).select("svg.bande") == []


def test_its_fiches_are_cards_with_state_and_amount_and_no_draft_among_them(client):
    territoire = f.territoire_publie()
    fiche = financee(territoire, 1000, acquis=500)
    f.fiche_complete(territoire, titre="Encore un brouillon")
    page = portrait(client, territoire)
    cartes = [mots(c) for c in page.select("#fiches + .cartes .carte-fiche")]
    assert len(cartes) == 1
    assert fiche.titre in cartes[0]
    assert "validée" in cartes[0]
    assert "1 000 €" in cartes[0]


def test_four_key_figures_are_there_with_nothing_filled_in(client):
    page = portrait(client, f.territoire_publie(nom="Val vide"))
    assert len(page.select(".chiffres li")) == 4
    assert page.select("svg.bande") == []
    assert "Aucune fiche action n’est encore publique ici" in mots(page.main)
    assert mots(page.main).count("Pas encore renseigné") == 3  # binôme, chef de projet


def test_its_feed_tells_of_its_own_fiches_and_of_no_other(client):
    fiche = une_fiche_decidee()
    autre = une_fiche_decidee()
    lien = portrait(client, fiche.territoire).select_one('link[href$="nouvelles.atom"][title]')
    adresse = reverse("nouvelles-territoire", args=[fiche.territoire.identifiant])
    assert adresse in {a["href"] for a in portrait(client, fiche.territoire).select("a[href]")}
    assert lien["href"] != ""
    flux = ET.fromstring(client.get(adresse).content)
    liens = [entree.find(f"{ATOM}link").get("href") for entree in flux.findall(f"{ATOM}entry")]
    assert [a for a in liens if fiche.reference in a]
    assert [a for a in liens if autre.reference in a] == []


def test_the_offers_shown_are_for_the_axes_of_its_fiches(client):
    territoire = f.territoire_publie()
    fiche = financee(territoire, Decimal(1000))
    sienne = f.OffreDeServiceFactory(intitule="Pour cet axe")
    sienne.axes.add(fiche.axe)
    f.OffreDeServiceFactory(intitule="Pour un autre").axes.add(f.AxeFactory())
    page = portrait(client, territoire)
    assert [mots(t) for t in page.select("#aides + .cartes h3")] == ["Pour cet axe"]
