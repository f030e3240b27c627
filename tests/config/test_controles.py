"""`check --deploy` names each thing that is unsafe, and is silent where nothing is."""

import re
import socket

import pytest
from django.conf import settings as reglages
from django.core.checks import run_checks
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from config.controles import DE_LA_BASE, REGLAGES, ecoute
from config.taches.models import Ouvrier
from tests import factories as f

pytestmark = pytest.mark.django_db
S3 = {"BACKEND": "programme.fichiers_s3.StockageS3", "OPTIONS": {}}
LIGNES = {"ENGINE": "django.db.backends.postgresql", "NAME": "ti", "HOST": "localhost"}
SUR = {
    "DEMO": False,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "localhost",
    "SECRET_KEY": "x7" * 40,
    "ADRESSE_DU_SITE": "https://site.fr",
    "ALLOWED_HOSTS": ["site.fr"],
    "MEDIA_ROOT": "/srv/territoires/media",
    "SAUVEGARDES": "/srv/territoires/sauvegardes",
    "SECOND_FACTEUR_OBLIGATOIRE": True,
    "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
    "CONTACT_SECURITE": "mailto:securite@site.fr",
    "OPERATEUR_DU_SITE": dict.fromkeys(
        ("editeur", "directeur", "hebergeur", "contact", "accessibilite"), "Dit"
    ),
    "DEFAULT_FROM_EMAIL": "Territoires <rien@site.fr>",
}
# {number: settings that make it speak}
FAUTES = {
    "W001": {"DEMO": True},
    "W002": {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"},
    "W003": {"EMAIL_HOST": "smtp.ailleurs.fr"},
    "W004": {"SECRET_KEY": "cle-locale-sans-valeur-hors-de-cette-machine-" + "0" * 20},
    "W005": {"ADRESSE_DU_SITE": "http://site.fr"},
    "W006": {"ADRESSE_DU_SITE": "https://ancien.fr"},
    "W007": {"ALLOWED_HOSTS": ["site.fr", "*"]},
    "W010": {"MEDIA_ROOT": reglages.BASE_DIR / "media"},
    "W011": {"SAUVEGARDES": ""},
    "W012": {"SECOND_FACTEUR_OBLIGATOIRE": False},
    "W013": {"ALLAUTH_TRUSTED_PROXY_COUNT": 0},
    "W014": {"METRIQUES_JETON": "court", "METRIQUES_DOSSIER": "/run/ti"},
    "W015": {"METRIQUES_JETON": "x7" * 20},
    "W016": {"CONTACT_SECURITE": "mailto:securite@exemple.invalid"},
    "W017": {"OPERATEUR_DU_SITE": SUR["OPERATEUR_DU_SITE"] | {"hebergeur": ""}},
    "W018": {"DEFAULT_FROM_EMAIL": "Territoires <rien@localhost>"},
    "W019": {"LOGGING": {"root": {"level": "DEBUG"}}},
}


def dits():
    trouves = run_checks(include_deployment_checks=True, tags=["territoires"])
    return [dit.id.removeprefix("territoires.") for dit in trouves]


def la_base_est(monkeypatch, base):
    """Django answers for the base that it opened: only what is read of it is another's."""
    monkeypatch.setattr("config.controles._base", lambda: base)


@pytest.fixture
def sain(settings, monkeypatch):
    """Settings and a base of which nothing is to be said."""
    for nom, valeur in SUR.items():
        setattr(settings, nom, valeur)
    la_base_est(monkeypatch, LIGNES)
    for nom in ("CONTAINER", "DYNO", "KUBERNETES_SERVICE_HOST", "WEB_CONCURRENCY"):
        monkeypatch.delenv(nom, raising=False)
    ici = {"hote": _hote(), "pid": 1, "demarre_le": timezone.now(), "vu_le": timezone.now()}
    Ouvrier.objects.create(nom="un", **ici)
    monkeypatch.setattr("config.controles.ecoute", lambda *ou: True)
    return settings


def _hote():
    from config.taches.horloge import HOTE

    return HOTE


def test_of_what_is_safe_nothing_is_said(sain):
    assert dits() == []


@pytest.mark.parametrize("numero", FAUTES)
def test_each_setting_that_is_unsafe_is_named(sain, numero):
    for nom, valeur in FAUTES[numero].items():
        setattr(sain, nom, valeur)
    assert dits() == [numero]


def test_sqlite_and_a_base_elsewhere_without_tls_are_named(sain, monkeypatch):
    for numero, base in (
        ("W008", {"ENGINE": "django.db.backends.sqlite3", "NAME": "base.sqlite3"}),
        ("W009", LIGNES | {"HOST": "base.ailleurs.fr"}),
        ("W009", LIGNES | {"HOST": "base.ailleurs.fr", "OPTIONS": {"sslmode": "prefer"}}),
    ):
        la_base_est(monkeypatch, base)
        assert dits() == [numero]
    chiffree = LIGNES | {"HOST": "base.ailleurs.fr", "OPTIONS": {"sslmode": "verify-full"}}
    la_base_est(monkeypatch, chiffree)
    assert dits() == []


def test_the_disk_of_a_container_is_named_and_a_bucket_is_not(sain, monkeypatch):
    monkeypatch.setenv("CONTAINER", "web-1")
    assert dits() == ["W010"]
    sain.STORAGES = reglages.STORAGES | {"default": S3}
    assert dits() == []


def test_a_superuser_a_known_password_and_no_worker_are_named(sain):
    agent = f.agent_delegation(is_superuser=True)
    assert dits() == ["W102"]
    agent.set_password("demonstration")
    agent.save()
    assert dits() == ["W102", "W103"]
    Ouvrier.objects.all().delete()
    assert dits() == ["W102", "W103", "W104"]


def test_what_is_still_as_the_page_writes_it_is_named(sain):
    page = (sain.BASE_DIR / "docs/deploiement.md").read_text("utf-8")
    for nom, cle in (("EDITEUR", "editeur"), ("HEBERGEUR", "hebergeur")):
        [ecrit] = re.findall(rf'^{nom}="(.*)"$', page, re.MULTILINE)
        sain.OPERATEUR_DU_SITE = SUR["OPERATEUR_DU_SITE"] | {cle: ecrit}
        assert dits() == ["W017"]


def test_a_mail_server_that_nobody_keeps_is_named(sain, monkeypatch):
    monkeypatch.setattr("config.controles.ecoute", ecoute)
    with socket.create_server(("127.0.0.1", 0)) as courriels:
        sain.EMAIL_HOST, sain.EMAIL_PORT = courriels.getsockname()
        assert dits() == []
    assert dits() == ["W106"]


def test_two_machines_on_one_base_with_a_disk_each_are_named(sain):
    maintenant = timezone.now()
    ailleurs = {"hote": "autre", "pid": 1, "demarre_le": maintenant, "vu_le": maintenant}
    Ouvrier.objects.create(nom="deux", **ailleurs)
    assert dits() == ["W105"]


def test_migrations_that_wait_are_named(sain, monkeypatch):
    plan = [(Migration("0099_a_venir", "programme"), False)]
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *arguments: plan)
    assert dits() == ["W101"]


def test_a_base_that_does_not_answer_is_said_and_fails_nothing(sain, monkeypatch):
    from django.db import OperationalError

    def panne(*arguments, **options):
        raise OperationalError("perdue")

    monkeypatch.setattr(connection, "cursor", panne)
    assert dits() == ["I001"]


def test_each_of_them_was_seen_to_speak():
    vus = {*FAUTES, "W008", "W009", "W101", "W102", "W103", "W104", "W105", "W106"}
    assert {controle.numero for controle in (*REGLAGES, *DE_LA_BASE)} == vus
