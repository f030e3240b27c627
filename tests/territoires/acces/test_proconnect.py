"""In by ProConnect: tied by a verified e-mail, with what the délégation gave and no more."""

from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.totp.internal import auth as application
from django.urls import reverse

from territoires.acces.models import DemandeAcces, IdentiteLiee
from territoires.agents.models import Agent
from tests import factories as f
from tests.territoires.acces import fournisseur as faux

pytestmark = pytest.mark.django_db
PERSONNE = {
    "sub": "cle-de-camille",
    "given_name": "Camille",
    "usual_name": "Essai",
    "email": "camille@exemple.invalid",
    "uid": "1",
    "siret": "20003920400019",
    "idp_id": "un-fournisseur",
}


@pytest.fixture
def proconnect(settings):
    with faux.fournisseur() as serveur:
        settings.OIDC_SERVEUR = serveur.adresse
        settings.OIDC_CLIENT, settings.OIDC_SECRET = faux.CLIENT, faux.SECRET
        settings.OIDC_COURRIEL_VERIFIE = True
        serveur.personne = dict(PERSONNE)
        yield serveur


@pytest.fixture
def agent():
    return f.agents_de(f.territoire_publie())[0]


def aller(client):
    """The address at which the provider sends this browser back."""
    autorisation = client.post(reverse("proconnect")).url
    retour = requests.get(autorisation, allow_redirects=False, timeout=5).headers["Location"]
    morceaux = urlsplit(retour)
    return f"{morceaux.path}?{morceaux.query}"


def entrer(client):
    return client.get(aller(client))


def qui(client):
    return client.session.get("_auth_user_id")


def test_an_agent_comes_in_by_its_verified_e_mail_in_any_case(client, proconnect, agent):
    proconnect.personne["email"] = agent.email.upper()
    assert entrer(client).status_code == 302
    assert qui(client) == str(agent.pk)
    assert IdentiteLiee.objects.get().sub == "cle-de-camille"


def test_once_tied_the_key_counts_and_no_longer_the_e_mail(client, proconnect, agent):
    autre = f.agents_de(f.territoire_publie())[0]
    proconnect.personne["email"] = agent.email
    entrer(client)
    client.logout()
    proconnect.personne["email"] = autre.email
    entrer(client)
    assert qui(client) == str(agent.pk)


@pytest.mark.parametrize("dit", [False, "true", None])
def test_an_e_mail_that_is_not_verified_opens_nothing(dit, client, proconnect, agent):
    proconnect.personne |= {"email": agent.email, "email_verified": dit}
    assert entrer(client).status_code == 403
    assert qui(client) is None
    assert not IdentiteLiee.objects.exists() and not DemandeAcces.objects.exists()


def test_a_provider_that_says_nothing_of_e_mails_is_believed_when_the_setting_says_so(
    client, proconnect, agent, settings
):
    settings.OIDC_COURRIEL_VERIFIE = False
    proconnect.personne["email"] = agent.email
    assert entrer(client).status_code == 403
    proconnect.personne["email_verified"] = True
    entrer(client)
    assert qui(client) == str(agent.pk)


def test_somebody_unknown_asks_and_gets_nothing_by_itself(client, proconnect):
    intercommunalite = f.IntercommunaliteFactory(siren="200039204")
    assert entrer(client).status_code == 403
    assert qui(client) is None
    demande = DemandeAcces.objects.avec_proposition().get()
    assert demande.propose == intercommunalite.pk
    assert not Agent.objects.filter(email=PERSONNE["email"]).exists()
    client.force_login(f.agent_delegation())
    page = client.get(reverse("admin:territoires_demandeacces_changelist")).content.decode()
    assert f"intercommunalites={intercommunalite.pk}" in page


def test_the_delegation_confirms_the_perimeter_then_the_person_comes_in(client, proconnect):
    f.IntercommunaliteFactory(siren="200039204")
    entrer(client)
    client.force_login(f.agent_delegation())
    envoi = {"username": "camille", "email": PERSONNE["email"], "niveau": "intercommunalite"}
    client.post(
        reverse("admin:territoires_agent_add"), envoi | {"intercommunalites": ["200039204"]}
    )
    client.logout()
    entrer(client)
    assert qui(client) == str(Agent.objects.get(username="camille").pk)
    assert not DemandeAcces.objects.exists()  # it was answered


def test_a_closed_account_stays_closed(client, proconnect):
    ferme = f.AgentFactory(is_active=False)
    proconnect.personne["email"] = ferme.email
    assert entrer(client).status_code == 403
    assert qui(client) is None


def test_the_second_factor_is_asked_here_too(client, proconnect, agent):
    application.TOTP.activate(agent, "JBSWY3DPEHPK3PXP")
    proconnect.personne["email"] = agent.email
    assert entrer(client).url == reverse("mfa_authenticate")
    assert qui(client) is None


@pytest.mark.parametrize(
    "faute",
    [
        {"iss": "https://ailleurs.example"},
        {"aud": "un-autre-site"},
        {"exp": 1},
        {"nonce": "une-autre-demande"},
        {"sub": "quelqu’un"},
        "cle",
    ],
)
def test_what_is_not_signed_for_us_is_not_believed(faute, client, proconnect, agent):
    proconnect.personne["email"] = agent.email
    if faute == "cle":
        proconnect.cle = faux.AUTRE_CLE
    elif faute == {"sub": "quelqu’un"}:
        proconnect.personne["sub"] = "cle-de-camille"
        proconnect.signer = lambda origine=proconnect.signer, **dit: origine(
            **dit | ({} if "nonce" in dit else faute)
        )
    else:
        proconnect.fautes = faute
    assert entrer(client).url == reverse("account_login")
    assert qui(client) is None


def test_an_answer_that_nobody_asked_for_opens_nothing(client, proconnect, agent):
    from django.test import Client

    proconnect.personne["email"] = agent.email
    retour = aller(client)
    victime = Client()
    victime.get(retour)
    assert qui(victime) is None
    client.get(retour)
    assert qui(client) == str(agent.pk)
    client.logout()
    client.get(retour)  # and it serves once
    assert qui(client) is None


def test_without_a_server_the_way_in_is_not_offered(client):
    assert client.post(reverse("proconnect")).status_code == 404
    assert "ProConnect" not in client.get(reverse("account_login")).content.decode()
