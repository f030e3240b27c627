"""What lets somebody in is a letter without a row: what became of it is seen all the same."""

import smtplib
from concurrent.futures import Future

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from programme.courriels.models import Courriel
from programme.courriels.renvoi import empechement
from territoires.acces import adaptateurs
from territoires.agents.invitations import inviter
from territoires.agents.lettres import nom_de
from tests import factories as f
from tests.programme.courriels.outils import ecrire, rapporter, refuse

pytestmark = pytest.mark.django_db
OUBLI = "account_reset_password"


class ToutDeSuite:
    """As the thread does, before the test goes on."""

    def submit(self, geste, *arguments):
        suite = Future()
        try:
            suite.set_result(geste(*arguments))
        except Exception as erreur:  # a thread keeps it to itself
            suite.set_exception(erreur)
        return suite


@pytest.fixture
def invite():
    agent = f.agent_intercommunalite(email="Prenom.Nom@exemple.invalid")
    agent.set_unusable_password()
    agent.save()
    return agent


def rapport(adresse, message_id):
    return ecrire(message_id.strip("<>").partition("@")[0], adresse)


def test_an_invitation_that_is_refused_is_seen_until_another_one_leaves(serveur, invite, client):
    serveur(invite.email, refuse(invite.email))
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        inviter(invite)
    (refus,) = Courriel.objects.refuses()
    assert refus.agent == invite and "550 boite inconnue" in refus.situation
    client.force_login(f.agent_delegation())
    assert "boite inconnue" in client.get(reverse("admin:index")).content.decode()
    page = reverse("admin:territoires_agent_change", args=[invite.pk])
    assert "Adresse qui refuse les courriels" in client.get(page).content.decode()
    serveur("", None)
    inviter(invite)
    assert "Adresse qui refuse" not in client.get(page).content.decode()


def test_the_link_that_lets_in_is_kept_nowhere_and_leaves_from_its_own_page_alone(serveur, invite):
    serveur(invite.email, refuse(invite.email))
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        inviter(invite)
    (refus,) = Courriel.objects.refuses()
    assert (refus.corps, refus.corps_html) == ("", "")
    assert empechement(refus) == "son texte n’est pas gardé"
    serveur("", None)
    call_command("envoyer_courriels")
    assert mail.outbox == []


def test_a_letter_that_comes_back_marks_its_address_once(invite, client, settings):
    inviter(invite)
    (lettre,) = mail.outbox
    assert lettre.extra_headers["Auto-Submitted"] == "auto-generated"
    octets = rapport(invite.email, lettre.extra_headers["Message-ID"])
    for _ in range(2):
        assert rapporter(client, settings, octets).status_code == 200
    (refus,) = Courriel.objects.dont_l_adresse_refuse()
    assert refus.agent == invite and "550 5.1.1 boite inconnue" in refus.derniere_erreur
    inviter(invite)
    assert not Courriel.objects.dont_l_adresse_refuse().exists()


def test_a_letter_about_nobody_any_more_changes_nothing(invite, client, settings):
    inviter(invite)
    octets = rapport(invite.email, mail.outbox[0].extra_headers["Message-ID"])
    invite.delete()
    assert rapporter(client, settings, octets).status_code == 200
    assert not Courriel.objects.exists()


@pytest.mark.parametrize(
    "erreur", [refuse("x"), ConnectionRefusedError("personne n’écoute"), TimeoutError()]
)
def test_a_new_password_that_does_not_leave_is_seen_though_who_asks_is_told_nothing(
    erreur,
    serveur,
    client,
    settings,
    monkeypatch,
    caplog,
):
    agent = f.agent_intercommunalite(email="moi@exemple.invalid")
    monkeypatch.setattr(adaptateurs, "FACTEUR", ToutDeSuite())
    monkeypatch.setattr("territoires.agents.lettres.connections.close_all", lambda: None)
    settings.LETTRES_EN_FOND = True
    serveur(agent.email, erreur)
    reponses = [
        client.post(reverse(OUBLI), {"email": adresse})
        for adresse in (agent.email, "personne@exemple.invalid")
    ]
    assert {(r.status_code, r["Location"]) for r in reponses} == {(302, reponses[0]["Location"])}
    (refus,) = Courriel.objects.a_regarder()
    assert refus.agent == agent and refus.objet == "Choisir un nouveau mot de passe"
    assert [ligne.name for ligne in caplog.records if ligne.name == "lettres"] == ["lettres"]


def test_a_name_of_another_site_is_nobody_s():
    assert nom_de("<lettre-1-2026.0123456789@ailleurs.invalid>") == ""
