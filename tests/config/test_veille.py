"""What a watcher, a browser and a log are told."""

import json
import logging
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.urls import reverse

from config import journaux
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


def test_a_stranger_that_asks_for_another_host_is_one_line(client, caplog, settings):
    settings.DEBUG = False
    assert client.get("/", headers={"host": "ailleurs.example"}).status_code == 400
    dites = [r for r in caplog.records if r.levelname == "ERROR"]
    assert [r.name for r in dites] == ["django.security.DisallowedHost"] and dites[0].exc_info
    ligne = json.loads(journaux.EnJson().format(dites[0]))
    assert "ailleurs.example" in ligne["texte"] and "trace" not in ligne


def test_a_line_of_the_log_says_which_request_and_which_agent(client, delegation, caplog):
    lignes = []

    class Garde(logging.Handler):
        def emit(self, record):
            lignes.append(json.loads(journaux.EnJson().format(record)))

    garde = Garde()
    journaux.journal.addHandler(garde)
    niveau = journaux.journal.level
    journaux.journal.setLevel("INFO")
    try:
        reponse = client.get(reverse("admin:index"), headers={"X-Request-ID": "abcdefgh-1"})
        client.get("/", headers={"X-Request-ID": "<script>"})
    finally:
        journaux.journal.removeHandler(garde)
        journaux.journal.setLevel(niveau)
    assert reponse["X-Request-ID"] == "abcdefgh-1"
    premiere, seconde = lignes
    assert premiere["requete"] == "abcdefgh-1" and premiere["agent"] == delegation.pk
    assert premiere["statut"] == 200 and premiere["duree_ms"] > 0
    assert {"date", "niveau", "texte"} <= premiere.keys()
    assert seconde["requete"] != "<script>"
