"""Who comes in, how, and what is answered to who may not."""

import re
from unittest.mock import patch

import pytest
from django.contrib.auth import hashers, password_validation
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from territoires.acces.models import Essai
from territoires.journal.models import LigneDuJournal
from tests import factories as f

pytestmark = pytest.mark.django_db
PHRASE = "une phrase assez longue"
PORTE = "/compte/connexion/"


@pytest.fixture
def agent():
    agent = f.agent_delegation(username="Camille", email="Camille.D@exemple.invalid")
    agent.set_password(PHRASE)
    agent.save()
    return agent


def entrer(client, identifiant, phrase=PHRASE, **autres):
    return client.post(PORTE, {"login": identifiant, "password": phrase} | autres)


def qui(client):
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize(
    "identifiant", ["Camille", "camille", "CAMILLE ", "camille.d@EXEMPLE.invalid"]
)
def test_one_signs_in_by_name_or_e_mail_in_any_case(identifiant, client, agent):
    assert entrer(client, identifiant).status_code == 302
    assert qui(client) == str(agent.pk)


def test_the_admin_leads_to_the_sign_in_page_and_back_to_what_was_asked(client, agent):
    voulue = reverse("admin:territoires_agent_changelist") + "?q=a"
    page = client.get(voulue, follow=True)
    assert page.redirect_chain[-1][0].startswith(PORTE)
    assert entrer(client, "camille", next=voulue).url == voulue
    ailleurs = Client()
    assert entrer(ailleurs, "camille", next="https://ailleurs.example/").url == reverse(
        "admin:index"
    )


def test_who_has_no_perimeter_is_told_and_goes_round_in_no_circle(client):
    client.force_login(f.AgentFactory(is_staff=False))
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_two_accounts_of_one_e_mail_open_by_their_names_alone(client, agent):
    f.AgentFactory(username="autre", email=agent.email)
    entrer(client, agent.email)
    assert qui(client) is None
    entrer(client, "camille")
    assert qui(client) == str(agent.pk)


def test_an_unknown_account_and_a_known_one_are_answered_alike(client, agent):
    invite = f.AgentFactory()
    invite.set_unusable_password()
    invite.save()
    ferme = f.AgentFactory(is_active=False)
    ferme.set_password(PHRASE)
    ferme.save()
    pages, hachages, requetes = set(), set(), set()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for nom, phrase in [
        (agent.username, "faux"),
        ("personne", "faux"),
        (invite.username, "faux"),
        (ferme.username, PHRASE),
    ]:
        compteur = []

        def compter(*args, compteur=compteur, origine=hashers.MD5PasswordHasher.encode, **kwargs):
            compteur.append(1)
            return origine(*args, **kwargs)

        with (
            patch.object(hashers.MD5PasswordHasher, "encode", compter),
            CaptureQueriesContext(
                connection,
            ) as lues,
        ):
            page = Client().post(PORTE, {"login": nom, "password": phrase}).content.decode()
        pages.add(re.sub(r'value="[^"]*"', "", page))
        hachages.add(len(compteur))
        # Each fiftieth guess, whosever it is, sweeps the old ones.
        balaye = [lue for lue in lues if lue["sql"].startswith("DELETE") and '"le" <' in lue["sql"]]
        requetes.add(len(lues) - len(balaye))
    assert len(pages) == 1
    assert hachages == {1}
    assert len(requetes) == 1


def test_the_sixth_guess_of_a_minute_is_refused_even_right(client, agent):
    for _ in range(5):
        assert "incorrect" in entrer(client, "camille", "faux").content.decode()
    page = entrer(client, "CAMILLE").content.decode()
    assert "Attendez une minute" in page
    assert qui(client) is None
    Essai.objects.update(le=timezone.now() - timezone.timedelta(seconds=61))
    entrer(client, "camille")
    assert qui(client) == str(agent.pk)


def test_an_unknown_account_is_locked_out_in_the_same_words(client, agent):
    reponses = []
    for nom in ("camille", "personne"):
        Essai.objects.all().delete()
        pages = [entrer(client, nom, "faux").content.decode() for _ in range(6)]
        reponses.append([re.sub(r'value="[^"]*"', "", page) for page in pages])
    assert reponses[0] == reponses[1]


def test_name_and_e_mail_of_one_account_count_together_and_nothing_tells_it(client, agent):
    for _ in range(3):
        entrer(client, "camille", "faux")
    for _ in range(2):
        entrer(client, agent.email, "faux")
    page = entrer(client, agent.email).content.decode()
    assert qui(client) is None
    assert "incorrect" in page and "Attendez" not in page


def test_one_address_guesses_no_more_than_its_share(client, agent, settings):
    settings.ESSAIS_PAR_ADRESSE = 8
    for n in range(8):
        entrer(client, f"inconnu-{n}", "faux")
    assert "Attendez une minute" in entrer(client, "camille").content.decode()
    ailleurs = Client(REMOTE_ADDR="198.51.100.7")
    entrer(ailleurs, "camille")
    assert qui(ailleurs) == str(agent.pk)


def test_what_was_typed_by_mistake_is_kept_nowhere(client):
    entrer(client, "mon-mot-de-passe-tape-ici", "autre")
    assert not any("tape-ici" in str(vars(ligne)) for ligne in LigneDuJournal.objects.all())
    assert not any("tape-ici" in essai.cle for essai in Essai.objects.all())


def test_a_reset_link_serves_once_and_expires(client, agent, settings):
    client.post("/compte/mot-de-passe/oublie/", {"email": agent.email.upper()})
    (lettre,) = mail.outbox
    assert lettre.to == [agent.email]
    (lien,) = re.findall(r"https?://\S+", lettre.body)[:1]
    chemin = "/" + lien.split("/", 3)[3]
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "ne sert plus" in client.get(chemin, follow=True).content.decode()
    settings.PASSWORD_RESET_TIMEOUT = 60
    page = client.get(chemin, follow=True)
    suite = page.redirect_chain[-1][0]
    neuf = {"password1": "encore une autre phrase", "password2": "encore une autre phrase"}
    assert client.post(suite, neuf).status_code == 302
    agent.refresh_from_db()
    assert agent.check_password("encore une autre phrase")
    assert "ne sert plus" in Client().get(chemin, follow=True).content.decode()


def test_a_reset_asked_for_nobody_is_answered_alike_and_writes_to_nobody(client, agent):
    pages = [
        client.post("/compte/mot-de-passe/oublie/", {"email": courriel}, follow=True)
        for courriel in (agent.email, "personne@exemple.invalid")
    ]
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert len(mail.outbox) == 1


def test_a_session_ends_after_its_time_of_silence(client, agent, settings):
    entrer(client, "camille")
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
    ancienne = client.session["vu"] - 400
    seance = client.session
    seance["vu"] = ancienne
    seance.save()
    client.get(reverse("admin:index"))
    assert client.session["vu"] > ancienne  # who works is not put out


def test_one_reads_and_closes_one_s_own_sessions_and_no_other(client, agent):
    autre, etranger = Client(HTTP_USER_AGENT="Firefox/140 Windows"), Client()
    for navigateur in (client, autre):
        entrer(navigateur, "camille")
    autre_agent = f.agent_delegation(username="dominique")
    autre_agent.set_password(PHRASE)
    autre_agent.save()
    entrer(etranger, "dominique")
    page = client.get("/compte/").content.decode()
    assert "Firefox sous Windows" in page
    from allauth.usersessions.models import UserSession

    etrangere = UserSession.objects.exclude(user=agent).get()
    adresse = reverse("session-fermer", args=[etrangere.pk])
    assert client.post(adresse).status_code == 404
    sienne = UserSession.objects.get(session_key=autre.session.session_key)
    client.post(reverse("session-fermer", args=[sienne.pk]))
    assert autre.get("/compte/").status_code == 302
    assert client.get("/compte/").status_code == 200
    assert etranger.get("/compte/").status_code == 200


def test_the_first_field_alone_takes_the_focus(client):
    page = client.get(PORTE).content.decode()
    assert re.findall(r"<input[^>]*\bautofocus\b[^>]*>", page) == re.findall(
        r'<input[^>]*name="login"[^>]*>', page
    )


def test_who_goes_out_sees_nothing_of_the_agents_space(client, agent):
    entrer(client, "Camille")
    ici = client.get(reverse("admin:index")).content.decode()
    assert "Espace agents" in " ".join(ici.split())
    page = client.post(reverse("admin:logout")).content.decode()
    assert "Vous êtes déconnecté." in page
    assert reverse("admin:programme_ficheaction_changelist") not in page
    assert "Connexion des agents" in page


def test_only_the_accounts_that_exist_are_offered(client, settings):
    settings.DEMO = True
    assert "Identifiants de la démonstration" not in client.get(PORTE).content.decode()
    f.agent_delegation(username="delegation")
    page = client.get(PORTE).content.decode()
    assert "<strong>delegation</strong>" in page
    assert "<strong>region-occitanie</strong>" not in page


@pytest.mark.parametrize(
    "mot, refus",
    [
        ("court", ["trop court"]),
        ("123456789012", ["n’a que des chiffres"]),
        ("camille.dupontel", ["ressemble trop à votre nom"]),
        ("12345678", ["trop court", "trop courant", "n’a que des chiffres"]),
        (PHRASE, []),
    ],
)
def test_the_rules_of_a_password_are_said_once_and_in_our_words(mot, refus, client):
    agent = f.agent_delegation(username="camille.dupontel", email="c@exemple.invalid")
    client.force_login(agent)
    (regles,) = password_validation.password_validators_help_texts()
    assert regles.startswith("Au moins 12 caractères")
    assert regles in client.get(reverse("admin:password_change"), follow=True).content.decode()
    try:
        password_validation.validate_password(mot, agent)
        dits = []
    except ValidationError as erreur:
        dits = erreur.messages
    assert len(dits) == len(refus)
    for phrase in refus:
        assert any(phrase in dit for dit in dits), dits
