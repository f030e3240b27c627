"""What Sentry is told of a fault: where it broke, nothing of who asked nor of what was typed."""

import json
import logging

import pytest
import sentry_sdk
from django.test import Client, override_settings
from django.urls import path
from sentry_sdk.transport import Transport

from config.urls import urlpatterns as les_notres
from config.vigie import brancher, epurer
from tests import factories as f

SECRETS = (
    "camille-secrete",
    "camille@exemple.fr",
    "un texte que personne ne doit lire",
    "10.9.8.7",
    "Bearer jeton-tenu-secret",
    "cookie-tenu-secret",
    "question-tenue-secrete",
    "navigateur-reconnaissable",
    "cle-dans-le-chemin",
    "variable-locale-tenue-secrete",
)
pytestmark = pytest.mark.django_db


class Retenue(Transport):
    """Keeps what would have left."""

    parties = []

    def capture_envelope(self, enveloppe):
        self.parties.append(enveloppe)

    def flush(self, *arguments, **options):
        pass


def tomber(request, cle):
    variable = "variable-locale-tenue-secrete"
    logging.getLogger("essai").error("Rien pour %s à %s", variable, request.user.email)
    raise ValueError(f"{variable} pour {request.user}, {request.POST}")


urlpatterns = [*les_notres, path("tomber/<str:cle>/", tomber)]
handler500 = "territoires.saisie.pages.panne"


@pytest.fixture
def parties():
    Retenue.parties = []
    brancher("https://cle@sentry.exemple.invalid/1", "essai", transport=Retenue())
    yield Retenue.parties
    sentry_sdk.get_global_scope().set_client(None)


@override_settings(ROOT_URLCONF="tests.config.test_vigie")
def test_a_fault_is_told_without_a_word_of_anybody(parties):
    client = Client(raise_request_exception=False)
    client.force_login(f.agent_region(username="camille-secrete", email="camille@exemple.fr"))
    client.cookies["marque"] = "cookie-tenu-secret"
    reponse = client.post(
        "/tomber/cle-dans-le-chemin-7/?q=question-tenue-secrete",
        {"contexte": "un texte que personne ne doit lire"},
        REMOTE_ADDR="10.9.8.7",
        HTTP_AUTHORIZATION="Bearer jeton-tenu-secret",
        HTTP_USER_AGENT="navigateur-reconnaissable",
    )
    assert reponse.status_code == 500
    evenements = [objet.payload.json for enveloppe in parties for objet in enveloppe.items]
    assert any("exception" in e for e in evenements), evenements
    texte = json.dumps(evenements, ensure_ascii=False, default=str)
    assert [secret for secret in SECRETS if secret in texte] == []
    [faute] = [e for e in evenements if "exception" in e]
    assert faute["exception"]["values"][0]["type"] == "ValueError"
    lignes = faute["exception"]["values"][0]["stacktrace"]["frames"]
    assert lignes[-1]["function"] == "tomber" and lignes[-1]["lineno"] > 1
    assert not {"user", "breadcrumbs", "contexts", "extra", "modules"} & faute.keys()


def test_whatever_the_library_gathers_only_what_is_named_leaves():
    secret = "camille-secrete"
    ligne = {"filename": "a.py", "lineno": 3, "vars": {"x": secret}, "context_line": secret}
    epure = epurer(
        {
            "level": "error",
            "user": {"email": secret, "ip_address": secret},
            "request": {
                "method": "POST",
                "url": f"https://site/{secret}",
                "query_string": secret,
                "data": {"contexte": secret},
                "cookies": {"sessionid": secret},
                "headers": {"Authorization": secret},
                "env": {"REMOTE_ADDR": secret},
            },
            "exception": {
                "values": [{"type": "E", "value": secret, "stacktrace": {"frames": [ligne]}}]
            },
            "logentry": {"message": "Rien pour %s", "params": [secret], "formatted": secret},
            "contexts": {"session": secret},
            "extra": {"sys.argv": [secret]},
            "breadcrumbs": {"values": [{"message": secret}]},
            "server_name": secret,
            "transaction": "/pilotage/cle-7Hj2/",
            "inconnu_aujourd_hui": secret,
        }
    )
    assert secret not in json.dumps(epure) and "7Hj2" not in json.dumps(epure)
    assert epure["request"] == {"method": "POST"}
    assert epure["exception"]["values"][0]["stacktrace"]["frames"] == [
        {"filename": "a.py", "lineno": 3}
    ]


def test_a_page_that_goes_well_sends_nothing(parties, client):
    assert client.get("/sante/").status_code == 200
    assert parties == []


def test_without_a_dsn_nothing_is_plugged_in(settings):
    assert settings.SENTRY_DSN == ""
    assert not sentry_sdk.get_client().is_active()
