"""What a mail server refuses for good, at once or afterwards, is seen and not insisted on."""

import smtplib

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from programme.courriels.models import Courriel
from programme.courriels.renvoi import renvoyer
from territoires.agents.lettres import identite
from tests import factories as f
from tests.programme.courriels.outils import RAPPORT, ecrire, rapporter, refuse

pytestmark = pytest.mark.django_db
LISTE = "admin:programme_courriel_changelist"


@pytest.fixture
def envoye():
    courriel = f.CourrielFactory(agent__email="Prenom.Nom@exemple.invalid")
    call_command("envoyer_courriels")
    courriel.refresh_from_db()
    mail.outbox.clear()
    return courriel


def rapport(courriel, *, adresse=None, **autres):
    return ecrire(identite(courriel.lot), adresse or courriel.agent.email.lower(), **autres)


def test_a_permanent_refusal_is_kept_with_its_reason_and_not_tried_again(serveur, client):
    mauvais, bon = f.CourrielFactory(), f.CourrielFactory()
    serveur(mauvais.agent.email, refuse(mauvais.agent.email))
    call_command("envoyer_courriels")
    serveur("", None)
    suivant = f.CourrielFactory(agent=mauvais.agent)
    call_command("envoyer_courriels")
    assert [message.to[0] for message in mail.outbox] == [bon.agent.email]
    mauvais.refresh_from_db()
    assert mauvais.refuse_le and mauvais.tentatives == 1
    client.force_login(f.agent_delegation())
    page = client.get(reverse(LISTE), {"situation": "refuse"})
    assert list(page.context["cl"].queryset) == [mauvais]
    assert "550 boite inconnue" in page.content.decode()
    # Another address: what waited leaves, and what was refused leaves once it is asked for.
    type(mauvais.agent).objects.filter(pk=mauvais.agent_id).update(email="autre@exemple.invalid")
    call_command("envoyer_courriels")
    assert Courriel.objects.get(pk=suivant.pk).envoye_le
    renvoyer([mauvais.pk], agent=f.agent_delegation())
    call_command("envoyer_courriels")
    assert Courriel.objects.get(pk=mauvais.pk).envoye_le
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    ("erreur", "definitif", "adresse"),
    [
        (refuse("x", 450), False, False),
        (smtplib.SMTPDataError(451, b"plus tard"), False, False),
        (smtplib.SMTPDataError(554, b"contenu"), True, False),
        (smtplib.SMTPSenderRefused(550, b"expediteur", "site"), False, False),
        (refuse("x", 553), True, True),
    ],
)
def test_what_is_for_now_is_tried_again(serveur, erreur, definitif, adresse):
    courriel = f.CourrielFactory()
    serveur(courriel.agent.email, erreur)
    call_command("envoyer_courriels")
    courriel.refresh_from_db()
    assert bool(courriel.refuse_le) == definitif
    assert Courriel.objects.dont_l_adresse_refuse().exists() == adresse
    assert Courriel.objects.en_chemin().exists() != definitif


@pytest.mark.parametrize("genre", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_marks_the_message_and_its_address(genre, envoye, client, settings):
    for _ in range(2):
        reponse = rapporter(client, settings, rapport(envoye, genre=genre))
        assert reponse.status_code == 200
    envoye.refresh_from_db()
    assert envoye.situation.startswith("refusé le")
    assert "(550 5.1.1 boite inconnue)" in envoye.derniere_erreur
    client.force_login(envoye.agent)
    page = client.get(reverse("mes-courriels")).content.decode()
    assert "Votre adresse refuse nos courriels" in page
    # Told where one comes in, and to the délégation.
    client.post("/compte/deconnexion/")
    envoye.agent.set_password("demonstration")
    envoye.agent.save()
    entree = {"login": envoye.agent.username, "password": "demonstration"}
    reponse = client.post("/compte/connexion/", entree, follow=True)
    dits = [str(message) for message in reponse.context["messages"]]
    assert any("refuse nos courriels" in dit for dit in dits), dits
    client.force_login(f.agent_delegation())
    assert "boite inconnue" in client.get(reverse("admin:index")).content.decode()
    de_l_agent = reverse("admin:territoires_agent_change", args=[envoye.agent_id])
    assert "Adresse qui refuse les courriels" in client.get(de_l_agent).content.decode()
    # The délégation tries once more: it leaves, and the address is no longer said to refuse.
    renvoyer([envoye.pk], agent=f.agent_delegation())
    call_command("envoyer_courriels")
    assert len(mail.outbox) == 1
    assert not Courriel.objects.dont_l_adresse_refuse().exists()
    assert "Adresse qui refuse" not in client.get(de_l_agent).content.decode()


def test_a_report_of_what_may_still_arrive_or_of_another_address_marks_no_address(
    envoye, client, settings
):
    rapporter(client, settings, rapport(envoye, action="delayed", statut="4.4.1"))
    assert not Courriel.objects.refuses().exists()
    rapporter(client, settings, rapport(envoye, adresse="ailleurs@exemple.invalid"))
    assert Courriel.objects.refuses().count() == 1
    assert not Courriel.objects.dont_l_adresse_refuse().exists()


@pytest.mark.parametrize(
    "octets",
    [b"", b"\xff\0\xfe", b"Subject: Absent\n\nJe reviens lundi.", RAPPORT[:400].encode()],
)
def test_what_is_no_report_is_taken_and_changes_nothing(octets, envoye, client, settings):
    reponse = rapporter(client, settings, octets)
    assert reponse.status_code == 200
    assert not Courriel.objects.refuses().exists()


def test_what_left_bears_the_name_that_a_report_brings_back(client, settings):
    courriel = f.CourrielFactory()
    call_command("envoyer_courriels")
    (parti,) = mail.outbox
    assert parti.extra_headers["Auto-Submitted"] == "auto-generated"
    courriel.refresh_from_db()
    nom = parti.extra_headers["Message-ID"].strip("<>").partition("@")[0]
    octets = rapport(courriel).replace(identite(courriel.lot).encode(), nom.encode())
    rapporter(client, settings, octets)
    assert Courriel.objects.refuses().get() == courriel


@pytest.mark.parametrize("suite", ["", ".", "." + "0" * 32])
def test_nobody_has_an_address_marked_by_a_report_of_their_own(suite, envoye, client, settings):
    """A name can be guessed, its signature cannot."""
    octets = rapport(envoye).replace(identite(envoye.lot).encode(), (envoye.lot + suite).encode())
    assert rapporter(client, settings, octets).status_code == 200
    assert not Courriel.objects.refuses().exists()


def test_only_who_has_the_token_reports(envoye, client, settings):
    adresse = reverse("courriels-rebonds")
    assert rapporter(client, settings, rapport(envoye), jeton="autre").status_code == 401
    assert rapporter(client, settings, rapport(envoye), jeton="é").status_code == 401
    assert client.get(adresse).status_code == 405
    assert rapporter(client, settings, b"x" * 30_000_000).status_code == 413
    settings.REBONDS_JETON = ""
    assert client.post(adresse, headers={"Authorization": "Bearer "}).status_code == 404
    assert not Courriel.objects.refuses().exists()
