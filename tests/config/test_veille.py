"""What a watcher, a browser and a log are told."""

import json
import logging
from unittest.mock import Mock, patch

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils.module_loading import import_string

from config import journaux
from config.reglages import journaux_de
from tests import factories as f

pytestmark = pytest.mark.django_db


def test_it_lives_and_is_ready(client):
    assert client.get("/sante/").status_code == 200
    page = client.get("/sante/pret/")
    etats = {nom: page.json()[nom] for nom in ("base", "cache", "stockage")}
    assert etats == dict.fromkeys(etats, "en ordre")


@pytest.mark.parametrize("nom", ["base", "migrations", "cache", "stockage"])
def test_what_fails_is_named_and_the_reason_kept(nom, client):
    def tomber():
        raise OperationalError("mot de passe de la base : secret")

    with patch.dict("config.sante.VERIFICATIONS", {nom: tomber}):
        page = client.get("/sante/pret/")
    assert page.status_code == 503
    assert page.json()[nom].startswith("en panne")
    assert "secret" not in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_without_the_database_what_it_would_have_said_is_unknown(client, caplog):
    """The disk is asked all the same: it does not fail with the database."""
    panne = OperationalError("connection refused")
    with (
        patch("django.db.backends.base.base.BaseDatabaseWrapper.ensure_connection") as relier,
        patch.dict("config.sante.VERIFICATIONS", {"base": Mock(side_effect=panne)}),
        patch.dict("config.sante.VERIFICATIONS", {"migrations": Mock(side_effect=panne)}),
    ):
        relier.side_effect = panne
        etats = client.get("/sante/pret/").json()
    assert etats["base"] == "en panne (OperationalError)"
    assert etats["migrations"] == "inconnu sans la base"
    assert etats["stockage"] == "en ordre"
    assert [r.getMessage() for r in caplog.records if r.name == "sante"] == [
        "base en panne : connection refused"
    ]


def test_figures_are_for_who_has_the_token(client, settings):
    assert client.get("/metriques/").status_code == 404
    settings.METRIQUES_JETON = "un-jeton"
    assert client.get("/metriques/").status_code == 401
    faux = client.get("/metriques/", headers={"Authorization": "Bearer autre"})
    assert faux.status_code == 401
    client.get("/aide/")
    page = client.get("/metriques/", headers={"Authorization": "Bearer un-jeton"})
    assert 'page="aide"' in page.content.decode()


def test_security_txt_says_to_whom_and_until_when(client, settings):
    settings.CONTACT_SECURITE = "mailto:securite@exemple.fr"
    texte = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:securite@exemple.fr\n" in texte
    assert "Expires: " in texte


def test_each_answer_says_what_may_run_in_it(client):
    for adresse in ("/", "/admin/", "/nulle-part/", "/compte/connexion/"):
        politique = client.get(adresse)["Content-Security-Policy"]
        assert "unsafe" not in politique
        assert "frame-ancestors 'none'" in politique


def test_what_is_made_for_frames_may_stand_in_them(client):
    f.territoire_publie()
    politique = client.get(reverse("integrer-en-vigueur"))["Content-Security-Policy"]
    assert "frame-ancestors *" in politique


def test_what_an_agent_reads_is_kept_nowhere(client, delegation):
    for adresse in (reverse("pilotage"), reverse("admin:index"), "/compte/"):
        entete = client.get(adresse)["Cache-Control"]
        assert "private" in entete and "no-store" in entete, adresse


def test_a_document_is_kept_nowhere(client, delegation):
    piece = f.PieceJointeFactory(fiche=f.FicheActionFactory())
    reponse = client.get(reverse("piece-jointe", args=[piece.fiche.reference, piece.pk]))
    assert reponse["Cache-Control"] == "private, no-store"
    reponse.close()


@pytest.fixture
def lignes(settings):
    """What production writes of each request."""
    dites = []

    class Garde(logging.Handler):
        def emit(self, record):
            dites.append(json.loads(self.format(record)))

    garde, racine = Garde(), logging.getLogger()
    garde.setFormatter(journaux.EnJson())
    for filtre in journaux_de("INFO", local=False)["handlers"]["console"]["filters"]:
        classe = journaux_de("INFO", local=False)["filters"][filtre]["()"]
        garde.addFilter(import_string(classe)())
    racine.addHandler(garde)
    niveau = journaux.journal.level
    journaux.journal.setLevel("INFO")
    settings.DEBUG = False
    yield dites
    racine.removeHandler(garde)
    journaux.journal.setLevel(niveau)


def test_a_stranger_that_asks_for_another_host_is_one_line(client, lignes):
    assert client.get("/", headers={"host": "ailleurs.example"}).status_code == 400
    (ligne,) = lignes
    assert ligne["hote"] == "ailleurs.example" and ligne["niveau"] == "WARNING"
    assert "trace" not in ligne


def test_an_answer_is_one_line_with_its_request(client, lignes):
    client.get("/nulle-part/", headers={"X-Request-ID": "abcdefgh-2"})
    (ligne,) = lignes
    assert ligne["requete"] == "abcdefgh-2" and ligne["statut"] == 404


def test_what_breaks_keeps_its_trace_under_the_same_request(client, lignes):
    client.raise_request_exception = False
    with patch("config.views.PlanDuSite.get_context_data", side_effect=ValueError("cassé")):
        client.get(reverse("plan"), headers={"X-Request-ID": "abcdefgh-3"})
    trace, reponse = lignes
    assert "cassé" in trace["trace"] and trace["requete"] == reponse["requete"] == "abcdefgh-3"
    assert (reponse["statut"], reponse["niveau"]) == (500, "ERROR")


def test_a_line_of_the_log_says_which_request_and_which_agent(client, delegation, lignes):
    reponse = client.get(reverse("admin:index"), headers={"X-Request-ID": "abcdefgh-1"})
    client.get("/", headers={"X-Request-ID": "<script>"})
    assert reponse["X-Request-ID"] == "abcdefgh-1"
    premiere, seconde = lignes
    assert premiere["requete"] == "abcdefgh-1" and premiere["agent"] == delegation.pk
    assert premiere["statut"] == 200 and premiere["duree_ms"] > 0
    assert {"date", "niveau", "texte"} <= premiere.keys()
    assert seconde["requete"] != "<script>"
