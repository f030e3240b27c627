"""What is grave is done by who has just said who one is."""

import time

import pytest
from django.urls import reverse

from territoires.agents.models import Agent
from territoires.grave import POUR_ENVOYER
from tests import factories as f

pytestmark = pytest.mark.django_db
PHRASE = "une phrase assez longue"


@pytest.fixture
def agent(client, settings):
    settings.REAUTHENTIFICATION = True
    agent = f.agent_delegation(username="camille")
    agent.set_password(PHRASE)
    agent.save()
    client.post("/compte/connexion/", {"login": "camille", "password": PHRASE})
    return agent


def vieillir(client, secondes):
    session = client.session
    for trace in session["account_authentication_methods"]:
        trace["at"] = time.time() - secondes
    session.save()


def test_the_rights_of_an_agent_are_opened_by_who_has_just_said_who_one_is(client, agent):
    adresse = reverse("admin:territoires_agent_add")
    assert client.get(adresse).status_code == 200
    vieillir(client, 16 * 60)
    page = client.get(adresse)
    assert page.url.startswith(reverse("account_reauthenticate"))
    assert client.post(page.url, {"password": "faux"}).status_code == 200
    assert client.get(adresse).status_code == 302
    assert client.post(page.url, {"password": PHRASE}).url == adresse
    assert client.get(adresse).status_code == 200


def test_what_was_opened_in_time_is_sent_within_the_hour(client, agent):
    adresse = reverse("admin:territoires_agent_add")
    envoi = {"username": "dominique", "email": "d@exemple.invalid", "niveau": "delegation"}
    vieillir(client, 20 * 60)
    client.post(adresse, envoi)
    assert Agent.objects.filter(username="dominique").exists()
    vieillir(client, POUR_ENVOYER + 60)
    client.post(adresse, envoi | {"username": "autre"})
    assert not Agent.objects.filter(username="autre").exists()


def test_a_file_of_people_or_of_many_rows_leaves_with_who_has_just_said_who_one_is(client, agent):
    agents = reverse("admin:territoires_agent_fichier", args=["agents", "machine"])
    partenaires = reverse("admin:programme_partenaire_fichier", args=["partenaires", "machine"])
    assert client.get(agents).status_code == 200
    vieillir(client, 16 * 60)
    assert client.get(agents).status_code == 302
    assert client.get(partenaires).status_code == 200


def test_many_rows_are_not_deleted_by_a_session_left_open(client, agent):
    lignes = f.PartenaireFactory.create_batch(10)
    liste = reverse("admin:programme_partenaire_changelist")
    envoi = {"action": "delete_selected", "_selected_action": [x.pk for x in lignes]}
    vieillir(client, POUR_ENVOYER + 60)
    assert client.post(liste, envoi).url.startswith(reverse("account_reauthenticate"))
    vieillir(client, 60)
    assert client.post(liste, envoi).status_code == 200
