"""The technical superuser keeps the accounts: it opens no lock, and nobody else touches it."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from rules.permissions import permissions

from programme.fiches import parcours
from territoires.agents.models import Agent
from tests import factories as f
from tests.formulaires import lu

pytestmark = pytest.mark.django_db
COMPTES = {f"territoires.{verbe}_agent" for verbe in ("view", "add", "change", "delete")}
COMPTES |= {f"territoires.{verbe}_lignedujournal" for verbe in ("view", "exporter")}
COMPTES |= {"personnes.lire", "personnes.anonymiser"}  # what an account holds, and its end


@pytest.fixture
def objets(pays):
    """Rows of every kind, open and locked: of the country, decided, published, closed."""
    ici = pays["ici"]
    validee, transmise = f.FicheActionFactory.create_batch(2, territoire=ici["territoire"])
    validee.etat, transmise.etat = "validee", "transmise"
    perimetre = ici["territoire"].perimetre_courant
    close = f.SeanceFactory(comite=ici["comitedepilotage"], date=datetime.date(2024, 1, 9))
    repondue = f.DemandePerimetreFactory(perimetre=perimetre, etat="acceptee")
    return [
        *ici.values(),
        *(validee, transmise, perimetre, perimetre.edition, perimetre.membres.first()),
        *(close, repondue, f.AssembleeFactory(), f.ConventionFactory(), f.AgentFactory()),
        *(f.BonnePratiqueFactory(), f.AvisFactory(seance=close), None),
    ]


def reponse(agent, droit, objet):
    try:
        return agent.has_perm(droit, objet)
    except AttributeError:  # a rule about another kind of row
        return "hors sujet"


def test_a_superuser_of_the_delegation_has_the_rights_of_the_delegation_and_no_more(objets):
    delegue, technique = f.agent_delegation(), f.agent_delegation(is_superuser=True)
    assert len(permissions) > 50
    for droit in permissions:
        for objet in objets:
            assert reponse(technique, droit, objet) == reponse(delegue, droit, objet), (
                droit,
                objet,
            )


def test_a_superuser_without_perimeter_administers_accounts_and_nothing_else(objets):
    technique = f.AgentFactory(is_superuser=True)
    ouverts = {
        droit
        for droit in permissions
        for objet in objets
        if reponse(technique, droit, objet) is True
    }
    assert ouverts == COMPTES | {"territoires"}


def test_a_box_of_django_opens_nothing():
    agent = f.AgentFactory()
    agent.user_permissions.set(Permission.objects.all())
    agent = Agent.objects.get(pk=agent.pk)
    assert not agent.has_perm("programme.change_ficheaction")
    assert not any(agent.has_perm(droit) for droit in permissions)


def test_a_superuser_s_account_that_is_closed_keeps_nothing():
    ferme = f.agent_delegation(is_superuser=True, is_active=False)
    assert not any(reponse(ferme, droit, None) is True for droit in permissions)
    assert not Agent.objects.for_user(ferme).exists()


def pages(agent):
    return {
        nom: reverse(f"admin:{nom}", args=[agent.pk])
        for nom in (
            "territoires_agent_change",
            "territoires_agent_delete",
            "territoires_agent_invitation",
            "territoires_agent_inviter",
            "territoires_agent_retirer_facteur",
        )
    }


def test_the_delegation_takes_over_no_superuser(client, delegation):
    cible = f.agent_delegation(is_superuser=True, email="technique@exemple.invalid")
    adresses = pages(cible)
    assert client.get(adresses["territoires_agent_change"]).status_code == 200  # read only
    envoi = {
        "username": cible.username,
        "email": "pirate@exemple.invalid",
        "niveau": "delegation",
        "post": "yes",
    }
    for nom, adresse in adresses.items():
        assert client.post(adresse, envoi).status_code == 403, nom
    liste = reverse("admin:territoires_agent_changelist")
    client.post(liste, {"action": "delete_selected", "_selected_action": [cible.pk], "post": "yes"})
    apres = Agent.objects.get(pk=cible.pk)
    assert (apres.email, apres.password) == (cible.email, cible.password)


@pytest.mark.parametrize("technique", [False, True])
def test_only_a_superuser_makes_a_superuser(client, technique):
    client.force_login(f.agent_delegation(is_superuser=technique))
    cible = f.agent_delegation()
    envoi = {"username": cible.username, "niveau": "delegation", "is_active": "on"}
    adresse = pages(cible)["territoires_agent_change"]
    reponse = client.post(adresse, envoi | {"is_superuser": "on"} | lu(client, adresse))
    assert reponse.status_code == 302
    cible.refresh_from_db()
    assert cible.is_superuser is technique


def test_what_went_up_is_deleted_by_no_superuser(client):
    technique = f.agent_delegation(is_superuser=True)
    fiche = f.fiche_complete(f.territoire_publie())
    parcours.transmettre(fiche, agent=technique)
    client.force_login(technique)
    suppression = reverse("admin:programme_ficheaction_delete", args=[fiche.pk])
    assert client.post(suppression, {"post": "yes"}).status_code == 403
    edition = fiche.territoire.perimetre_courant.edition
    suppression = reverse("admin:territoires_editioncarte_delete", args=[edition.pk])
    assert client.post(suppression, {"post": "yes"}).status_code == 403
