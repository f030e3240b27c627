"""« Utile pour moi », and the themes."""

import pytest
from django.urls import reverse

from programme.pratiques.models import Utilite
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_agent_says_it_once_and_can_take_it_back(client):
    pratique = factories.bonne_pratique_publiee()
    adresse = reverse("dire-utile", args=[pratique.identifiant])
    agent = factories.agent_region()
    client.force_login(agent)
    for _ in range(2):
        assert client.post(adresse).url == pratique.get_absolute_url()
    assert list(Utilite.objects.values_list("pratique", "agent")) == [(pratique.pk, agent.pk)]
    page = client.get(pratique.get_absolute_url())
    assert (page.context["peut_dire"], page.context["deja_dit"]) == (True, True)
    assert "Utile à 1 agent." in page.content.decode()
    client.post(adresse, {"retirer": "1"})
    assert not Utilite.objects.exists()


def test_only_agents_say_it_and_only_of_what_is_public(client):
    publique, brouillon = factories.bonne_pratique_publiee(), factories.BonnePratiqueFactory()
    adresses = [reverse("dire-utile", args=[p.identifiant]) for p in (publique, brouillon)]
    assert [client.post(a).status_code for a in adresses] == [403, 403]
    assert "Utile pour moi" not in client.get(publique.get_absolute_url()).content.decode()
    client.force_login(factories.AgentFactory())
    assert [client.post(a).status_code for a in adresses] == [403, 403]
    client.force_login(factories.agent_delegation())
    assert [client.post(a).status_code for a in adresses] == [302, 404]
    assert client.get(adresses[0]).status_code == 405
    assert [u.pratique for u in Utilite.objects.all()] == [publique]


def test_who_found_it_useful_is_not_told(client):
    utile = factories.UtiliteFactory(pratique=factories.bonne_pratique_publiee())
    page = client.get(utile.pratique.get_absolute_url()).content.decode()
    assert "Utile à 1 agent." in page
    assert [nom for nom in (utile.agent.username, utile.agent.last_name) if nom in page] == []


def test_pratiques_are_filtered_by_theme(client):
    logement = factories.ThemeFactory(identifiant="logement")
    publique = factories.bonne_pratique_publiee()
    publique.themes.add(logement)
    factories.bonne_pratique_publiee().themes.add(factories.ThemeFactory())
    factories.BonnePratiqueFactory().themes.add(logement)
    page = client.get(reverse("bonnes-pratiques"), {"theme": "logement"})
    assert list(page.context["object_list"]) == [publique]
