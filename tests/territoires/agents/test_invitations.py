"""An agent is invited by a link that serves once: nobody ever knows its password."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from territoires.agents.models import Agent
from territoires.journal.models import LigneDuJournal
from tests import factories as f
from tests.pays import construire

pytestmark = pytest.mark.django_db
NEUF = {"password1": "trois mots de plus", "password2": "trois mots de plus"}
AJOUT = "/admin/territoires/agent/add/"


def inviter(client, **champs):
    envoi = {"username": "dominique", "email": "dominique@exemple.invalid", "last_name": "Essai"}
    envoi |= {"niveau": "delegation"} | champs
    assert client.post(AJOUT, envoi).status_code == 302
    return Agent.objects.get(username=envoi["username"])


def chemin(lettre):
    (lien,) = re.findall(r"https?://\S+/compte/\S+", lettre.body)
    return "/" + lien.split("/", 3)[3]


def ouvrir(chemin):
    navigateur = Client()
    page = navigateur.get(chemin, follow=True)
    return navigateur, page


def test_an_invited_agent_chooses_its_password_and_is_in(client, delegation):
    agent = inviter(client)
    assert not agent.has_usable_password()
    (lettre,) = mail.outbox
    assert lettre.to == ["dominique@exemple.invalid"]
    navigateur, page = ouvrir(chemin(lettre))
    navigateur.post(page.redirect_chain[-1][0], NEUF)
    agent.refresh_from_db()
    assert agent.check_password(NEUF["password1"])
    assert navigateur.get(reverse("admin:index")).status_code == 200
    _, encore = ouvrir(chemin(lettre))
    assert "ne sert plus" in encore.content.decode()


def test_an_invitation_expires(client, delegation, settings):
    inviter(client)
    settings.INVITATION_VALABLE = -1
    _, page = ouvrir(chemin(mail.outbox[0]))
    assert "ne sert plus" in page.content.decode()


def test_a_second_invitation_makes_the_first_void(client, delegation):
    agent = inviter(client)
    client.post(reverse("admin:territoires_agent_inviter", args=[agent.pk]))
    premiere, seconde = mail.outbox
    assert "ne sert plus" in ouvrir(chemin(premiere))[1].content.decode()
    assert "ne sert plus" not in ouvrir(chemin(seconde))[1].content.decode()


def test_who_left_or_has_a_password_is_not_invited(client, delegation):
    ferme = f.AgentFactory(is_active=False)
    ferme.set_unusable_password()
    ferme.save()
    ouvert = f.AgentFactory()
    ouvert.set_password("une phrase assez longue")
    ouvert.save()
    for agent in (ferme, ouvert):
        adresse = reverse("admin:territoires_agent_inviter", args=[agent.pk])
        assert client.post(adresse).status_code == 403
    assert mail.outbox == []


def test_an_invitation_that_does_not_leave_is_told(client, delegation, settings):
    settings.EMAIL_BACKEND = "tests.territoires.agents.test_invitations.SansPoste"
    envoi = {"username": "dominique", "email": "d@exemple.invalid", "niveau": "delegation"}
    page = client.post(AJOUT, envoi, follow=True).content.decode()
    assert "n’est pas partie" in page


class SansPoste:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_the_list_tells_what_became_of_each_invitation(client, delegation):
    liste, hier = reverse("admin:territoires_agent_changelist"), timezone.now()
    attendu, expire, venu = (
        inviter(client, username=nom, last_name=nom, email=f"{nom}@exemple.invalid")
        for nom in ("attendu", "expire", "venu")
    )
    navigateur, page = ouvrir(chemin(mail.outbox[2]))
    navigateur.post(page.redirect_chain[-1][0], NEUF)
    Agent.objects.filter(pk=expire.pk).update(
        invite_le=hier - timedelta(seconds=settings.INVITATION_VALABLE + 60)
    )
    f.AgentFactory(last_name="Jamais invité")
    dites = {}
    for cas in ("envoyee", "attendue", "acceptee", "expiree"):
        lu = BeautifulSoup(client.get(liste, {"invitation": cas}).content, "html.parser")
        for ligne in lu.select("#result_list tbody tr"):
            nom = ligne.select_one(".field-nom_complet").text
            dites.setdefault(nom, {})[cas] = ligne
    cas_de = {nom: set(lignes) for nom, lignes in dites.items()}
    assert cas_de == {
        str(attendu): {"envoyee", "attendue"},
        str(expire): {"envoyee", "expiree"},
        str(venu): {"envoyee", "acceptee"},
    }
    suites = {
        attendu: "valable jusqu’au",
        expire: "expirée depuis le",
        venu: f"acceptée le {hier:%d/%m/%Y}",
    }
    for agent, suite in suites.items():
        ligne = dites[str(agent)]["envoyee"]
        assert suite in ligne.select_one(".field-invitation").text
        relance = ligne.select_one(".field-relance a")
        assert (relance is None) == (agent == venu)


def test_a_link_is_made_to_be_copied_shown_once_and_told_in_the_journal(client, delegation):
    agent = inviter(client)
    adresse = reverse("admin:territoires_agent_invitation", args=[agent.pk])
    page = BeautifulSoup(client.get(adresse).content, "html.parser")
    assert not page.select("#lien")
    page = BeautifulSoup(client.post(adresse).content, "html.parser")
    champ = page.select_one("input#lien[readonly]")
    assert page.select_one("label[for=lien]") and "name" not in champ.attrs
    assert not BeautifulSoup(client.get(adresse).content, "html.parser").select("#lien")
    assert LigneDuJournal.objects.filter(objet=str(agent), detail__contains="lien remis").exists()
    assert len(mail.outbox) == 1
    # The one that was sent is void: a single link opens the account, once.
    assert "ne sert plus" in ouvrir(chemin(mail.outbox[0]))[1].content.decode()
    navigateur, page = ouvrir("/" + champ["value"].split("/", 3)[3])
    navigateur.post(page.redirect_chain[-1][0], NEUF)
    agent.refresh_from_db()
    assert agent.check_password(NEUF["password1"])
    assert client.post(adresse).status_code == 403


def test_no_screen_of_an_agent_shows_or_asks_a_password(client, delegation):
    agent = f.AgentFactory()
    agent.set_password("une phrase assez longue")
    agent.save()
    for adresse in (AJOUT, reverse("admin:territoires_agent_change", args=[agent.pk])):
        page = client.get(adresse).content.decode()
        assert "password" not in page
        assert agent.password not in page and "md5$" not in page


def test_only_who_writes_the_account_invites(entrer):
    pays = construire()
    agent = f.AgentFactory()
    agent.set_unusable_password()
    agent.save()
    adresse = reverse("admin:territoires_agent_inviter", args=[agent.pk])
    for genre in ("intercommunalité", "région"):
        assert entrer(pays["agents"][genre]).post(adresse).status_code == 403
    assert entrer(pays["agents"]["délégation"]).get(adresse).status_code == 405
    assert mail.outbox == []


def test_a_change_of_rights_is_told_in_the_journal(client, delegation):
    agent = inviter(client)
    lignes = LigneDuJournal.objects.filter(acte="droits", objet=str(agent))
    assert [ligne.nom for ligne in lignes] == [str(delegation)]
    assert "France entière" in lignes[0].detail


def importer(client, contenu):
    """Upload and confirm a file of agents; returns the page that says what was done."""
    fichier = SimpleUploadedFile("agents.csv", contenu.encode())
    depot = {"resource": "agents", "fichier": fichier}
    adresse = client.post("/admin/territoires/agent/importer/", depot).url
    page = BeautifulSoup(client.get(adresse).content, "html.parser")
    envoi = {"confirmer": "", "empreinte": page.find("input", {"name": "empreinte"})["value"]}
    return client.post(adresse, envoi, follow=True).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_file_of_agents_invites_those_it_makes_and_says_whom(client, delegation):
    ancien = f.AgentFactory(username="ancien")
    ancien.set_password("une phrase assez longue")
    ancien.save()
    contenu = (
        "username,first_name,last_name,email,is_active,niveau\n"
        "claude,Claude,Neuf,claude@exemple.invalid,oui,delegation\n"
        "ancien,Camille,Autre,ancien@exemple.invalid,oui,delegation\n"
    )
    page = importer(client, contenu)
    assert [lettre.to for lettre in mail.outbox] == [["claude@exemple.invalid"]]
    assert "claude@exemple.invalid" in page
    assert LigneDuJournal.objects.filter(acte="droits").count() == 2
    navigateur, vue = ouvrir(chemin(mail.outbox[0]))
    navigateur.post(vue.redirect_chain[-1][0], NEUF)
    assert navigateur.get(reverse("admin:index")).status_code == 200


def test_invitations_under_way_are_found_with_their_end(entrer):
    """To whom, since when and until when; those that came to their end stand apart."""
    client = entrer(f.agent_delegation())
    jours = timedelta(seconds=settings.INVITATION_VALABLE)
    attendu, expire = f.AgentFactory(email="a@x.fr"), f.AgentFactory(email="b@x.fr")
    for agent, le in ((attendu, timezone.now()), (expire, timezone.now() - 2 * jours)):
        agent.set_unusable_password()
        agent.invite_le = le
        agent.save()
    liste = reverse("admin:territoires_agent_changelist")
    page = client.get(liste, {"invitation": "attendue"}).content.decode()
    assert "valable jusqu’au" in page
    assert attendu.email in page
    assert expire.email not in page
    page = client.get(liste, {"invitation": "expiree"}).content.decode()
    assert "expirée depuis le" in page
    assert expire.email in page
