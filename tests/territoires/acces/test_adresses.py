"""Every address of an account, for who is signed in and who is not."""

import pytest
from django.urls import reverse

from tests import factories as f

pytestmark = pytest.mark.django_db
# Address: (what somebody unknown gets, what who is signed in gets), by GET.
PORTE, POST, ICI, DEDANS = 302, 405, 200, (302, 200)
STATUTS = {
    "mon-compte": DEDANS,
    "proconnect": (405, 405),
    "proconnect-retour": (404, 404),
    "account_login": (ICI, PORTE),
    "account_logout": (PORTE, ICI),
    "account_inactive": (ICI, ICI),
    "account_reauthenticate": DEDANS,
    "account_change_password": DEDANS,
    "account_reset_password": (ICI, ICI),
    "account_reset_password_done": (ICI, ICI),
    "account_reset_password_from_key": (ICI, ICI),
    "account_reset_password_from_key_done": (ICI, ICI),
    "mfa_index": DEDANS,
    "mfa_authenticate": (PORTE, PORTE),
    "mfa_reauthenticate": (PORTE, PORTE),
    # Grave: who one is comes first.
    "mfa_activate_totp": (PORTE, PORTE),
    "mfa_deactivate_totp": (PORTE, 404),
    "mfa_view_recovery_codes": (PORTE, 404),
    "mfa_generate_recovery_codes": (PORTE, PORTE),
    "mfa_download_recovery_codes": (PORTE, 404),
    "mfa_list_webauthn": DEDANS,
    "mfa_add_webauthn": (PORTE, PORTE),
    "mfa_login_webauthn": (PORTE, PORTE),
    "mfa_reauthenticate_webauthn": (PORTE, PORTE),
    "mfa_remove_webauthn": (PORTE, PORTE),
    "mfa_edit_webauthn": (PORTE, PORTE),
    "cles-api": DEDANS,
    "cle-api-revoquer": (POST, POST),
    "sessions-fermer": (POST, POST),
    "session-fermer": (POST, POST),
}
CLES = {
    "account_reset_password_from_key": ["1", "cle-inventee"],
    **{
        nom: [1]
        for nom in (
            "mfa_remove_webauthn",
            "mfa_edit_webauthn",
            "session-fermer",
            "cle-api-revoquer",
        )
    },
}


def statut(client, nom):
    return client.get(reverse(nom, args=CLES.get(nom))).status_code


@pytest.mark.parametrize("nom", STATUTS)
def test_each_address_of_an_account_opens_to_its_owner_alone(nom, client):
    inconnu = statut(client, nom)
    agent = f.AgentFactory()
    agent.set_password("une phrase assez longue")
    agent.save()
    client.force_login(agent)
    assert (inconnu, statut(client, nom)) == STATUTS[nom]


def test_no_other_address_of_the_library_exists(client):
    for chemin in ("signup/", "email/", "password/set/", "inscription/", "3rdparty/"):
        assert client.get(f"/compte/{chemin}").status_code == 404, chemin


def test_the_provider_of_the_demonstration_is_nowhere_else(client):
    assert client.get("/demonstration/identite/cles/").status_code == 404
    assert client.post("/demonstration/identite/jeton/").status_code == 404
