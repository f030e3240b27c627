"""All that is held on somebody is told, and goes when it must; what was decided stays."""

import json
from io import StringIO

import pytest
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.urls import reverse

from config.personnes.personne import ANONYME, anonymiser_agent, est_a_lui, liens, rassembler
from programme.courriels.models import Courriel
from programme.fiches.models import FicheAction
from territoires.agents.models import Agent
from territoires.journal.models import LigneDuJournal
from territoires.mandats.models import Mandat
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def camille():
    agent = f.agent_region(
        username="camille", first_name="Camille", last_name="Essai", email="camille@exemple.fr"
    )
    agent.last_name = "Essai-Martin"
    agent.save()
    return agent


def ce_qui_parle_d(agent):
    f.FicheActionFactory(created_by=agent, contact_courriel="Camille@exemple.fr")
    f.MandatFactory(nom="Camille Essai-Martin", courriel="camille@exemple.fr")
    f.CourrielFactory(agent=agent, corps="Bonjour Camille")
    f.LigneDuJournalFactory(agent=agent, nom="Camille Essai-Martin", adresse="10.9.8.7")
    UserSession.objects.create(user=agent, ip="10.9.8.7", session_key="x", user_agent="Navigateur")


def test_all_that_is_held_is_told_and_no_secret(camille):
    ce_qui_parle_d(camille)
    camille.set_password("un secret bien gardé")
    camille.save()
    texte = json.dumps(rassembler(agent=camille), default=str, ensure_ascii=False)
    for attendu in ("10.9.8.7", "Bonjour Camille", "Navigateur", "mandat", "fiche action"):
        assert attendu in texte, attendu
    # The name before it changed is in the history of the account.
    assert '"last_name": "Essai"' in texte
    assert camille.password not in texte


def test_nothing_of_the_person_remains_but_its_acts_and_the_journal(camille):
    ce_qui_parle_d(camille)
    restes = anonymiser_agent(camille)
    agent = Agent.objects.get(pk=camille.pk)
    assert (agent.username, agent.email, agent.is_active) == (f"{ANONYME}{agent.pk}", "", False)
    assert str(agent) == f"{ANONYME}{agent.pk}" and not agent.has_usable_password()
    assert {(h.username, h.last_name) for h in agent.history.all()} == {(agent.username, "")}
    assert not UserSession.objects.exists() and not Courriel.objects.exists()
    fiche = FicheAction.objects.get()
    assert (fiche.created_by, fiche.contact_courriel) == (agent, "")
    assert {h.contact_courriel for h in fiche.history.all()} == {""}
    # A public function is a person's to decide upon; its address is gone.
    assert Mandat.objects.get().courriel == ""
    assert {type(ligne) for _, ligne in restes} >= {Mandat}
    assert LigneDuJournal.objects.filter(nom="Camille Essai-Martin").exists()
    for modele, champ in liens():
        if est_a_lui(champ) and not modele._meta.auto_created and champ.db_constraint:
            assert not modele._base_manager.filter(**{champ.attname: agent.pk}).exists()


def test_the_delegation_takes_the_file_away_and_the_journal_says_so(client, delegation, camille):
    adresse = reverse("admin:personne", args=[camille.pk])
    assert adresse in client.get(f"/admin/territoires/agent/{camille.pk}/change/").text
    reponse = client.post(adresse, {"exporter": "oui"})
    assert reponse.json()["compte"]["email"] == "camille@exemple.fr"
    assert "Camille" in LigneDuJournal.objects.get(acte="export").objet


def test_it_anonymises_once_it_has_said_that_it_means_it(client, delegation, camille):
    adresse = reverse("admin:personne", args=[camille.pk])
    sans = client.post(adresse, {})
    assert "Cochez la case" in sans.text
    assert Agent.objects.filter(username="camille").exists()
    client.post(adresse, {"accord": "oui"})
    assert not Agent.objects.filter(username="camille").exists()
    ligne = LigneDuJournal.objects.get(acte="droits")
    assert (ligne.agent, ligne.objet) == (delegation, f"{ANONYME}{camille.pk}")


@pytest.mark.parametrize("qui", ["region", "soi", "superutilisateur"])
def test_nobody_else_nor_oneself_nor_a_superuser(client, delegation, qui):
    autre = f.agent_delegation(is_superuser=True)
    cible = {"region": delegation, "soi": delegation, "superutilisateur": autre}[qui]
    if qui == "region":
        client.force_login(f.agent_region())
    adresse = reverse("admin:personne", args=[cible.pk])
    assert client.post(adresse, {"accord": "oui"}).status_code == 403
    assert Agent.objects.get(pk=cible.pk).is_active


def test_the_command_says_first_and_does_when_told(camille):
    f.MandatFactory(nom="Camille Essai-Martin")
    sortie = StringIO()
    call_command("anonymiser_personne", "Camille@exemple.fr", stdout=sortie)
    assert "serait anonymisé" in sortie.getvalue() and "reste cité" in sortie.getvalue()
    assert Agent.objects.filter(username="camille").exists()
    call_command("anonymiser_personne", "camille", pour_de_vrai=True, stdout=StringIO())
    assert not Agent.objects.filter(username="camille").exists()


def test_somebody_without_an_account_is_told_what_is_held_too():
    f.MandatFactory(nom="Zoé Dupont", courriel="zoe@exemple.fr")
    sortie = StringIO()
    call_command("exporter_personne", "zoe@exemple.fr", nom="Zoé Dupont", stdout=sortie)
    colonnes = [m["colonne"] for m in json.loads(sortie.getvalue())["mentions"]]
    assert "adresse électronique" in colonnes and "nom" in colonnes
