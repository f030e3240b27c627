"""A second factor: asked of those who can do everything, offered to all."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as application
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from territoires.acces.models import Essai
from territoires.journal.models import LigneDuJournal
from tests import factories as f

pytestmark = pytest.mark.django_db
PHRASE = "une phrase assez longue"
SECRET = "JBSWY3DPEHPK3PXP"


def code():
    return application.format_hotp_value(
        application.hotp_value(SECRET, next(iter(application.yield_hotp_counters_from_time())))
    )


@pytest.fixture
def agent():
    agent = f.agent_delegation(username="camille")
    agent.set_password(PHRASE)
    agent.save()
    return agent


@pytest.fixture
def equipe(agent):
    cache.clear()  # a code that served in another test would serve no more
    application.TOTP.activate(agent, SECRET)
    RecoveryCodes.activate(agent)
    return agent


def mot_de_passe(client):
    return client.post("/compte/connexion/", {"login": "camille", "password": PHRASE})


def dedans(client):
    return client.get(reverse("admin:index")).status_code == 200


def test_the_password_alone_does_not_open_an_account_with_a_second_factor(client, equipe):
    assert mot_de_passe(client).url == reverse("mfa_authenticate")
    assert not dedans(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not dedans(client)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert dedans(client)


def test_a_recovery_code_serves_once(client, equipe):
    secours = Authenticator.objects.get(user=equipe, type="recovery_codes").wrap()
    un = secours.get_unused_codes()[0]
    mot_de_passe(client)
    client.post(reverse("mfa_authenticate"), {"code": un})
    assert dedans(client)
    ailleurs = Client()
    mot_de_passe(ailleurs)
    ailleurs.post(reverse("mfa_authenticate"), {"code": un})
    assert not dedans(ailleurs)


def test_codes_are_guessed_no_more_than_passwords(client, equipe):
    mot_de_passe(client)
    for n in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{n}"})
    page = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert "Trop d’essais" in page.content.decode()
    assert not dedans(client)
    Essai.objects.update(le=timezone.now() - timezone.timedelta(seconds=61))
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert dedans(client)


def test_the_delegation_sets_one_up_before_anything_else(client, agent, settings):
    settings.SECOND_FACTEUR_OBLIGATOIRE = True
    mot_de_passe(client)
    assert client.get(reverse("admin:index")).url == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    application.TOTP.activate(agent, SECRET)
    assert dedans(client)


def test_others_are_offered_one_and_may_do_without(client, settings):
    settings.SECOND_FACTEUR_OBLIGATOIRE = True
    agent = f.agents_de(f.territoire_publie())[0]
    client.force_login(agent)
    assert dedans(client)
    assert client.get(reverse("mfa_index")).status_code == 200


def test_to_change_it_one_says_again_who_one_is(client, agent, django_capture_on_commit_callbacks):
    mot_de_passe(client)
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 302 and page.url.startswith(reverse("account_reauthenticate"))
    client.post(page.url, {"password": PHRASE})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    juste = application.format_hotp_value(
        application.hotp_value(secret, next(iter(application.yield_hotp_counters_from_time())))
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": juste})
    assert Authenticator.objects.filter(user=agent, type="totp").exists()
    assert LigneDuJournal.objects.filter(acte="facteur", agent=agent).exists()


def test_what_was_typed_waits_for_the_second_factor(client, equipe):
    adresse = reverse("admin:programme_partenaire_add")
    page = client.post(adresse, {"nom": "Texte tapé", "saisi_par": equipe.pk})
    assert page.status_code == 403
    from tests.formulaires import Formulaires

    champs = Formulaires(page.content.decode()).lus[-1][1].dict()
    page = client.post("/admin/reprendre/", champs | {"login": "camille", "password": PHRASE})
    assert "second facteur" in page.content.decode()
    champs = Formulaires(page.content.decode()).lus[-1][1].dict()
    client.post(reverse("mfa_authenticate"), {"code": code()})
    page = client.post("/admin/reprendre/", champs)
    assert page.status_code == 200 and "Texte tapé" in page.content.decode()


def test_a_lost_one_is_removed_by_the_delegation_and_not_by_oneself(client, equipe):
    adresse = reverse("admin:territoires_agent_retirer_facteur", args=[equipe.pk])
    for autre in f.agents_de(f.territoire_publie()):
        client.force_login(autre)
        assert client.post(adresse).status_code == 403
    client.force_login(equipe)
    assert client.post(adresse).status_code == 403
    assert Authenticator.objects.filter(user=equipe).count() == 2
    client.force_login(f.agent_delegation())
    client.post(adresse)
    assert not Authenticator.objects.filter(user=equipe).exists()
    assert LigneDuJournal.objects.filter(acte="facteur", objet=str(equipe)).exists()
