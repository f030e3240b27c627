"""Who reads the replica, and what makes one read the primary: the rules, on one database."""

from itertools import count

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import OperationalError, connections, router, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, get_resolver

from config import replique as page
from config.replique import A_ECRIT, SurLaReplique, peut_lire_la_replique
from programme.fiches.models import FicheAction
from territoires import replique
from territoires.recherche.indexation import mettre_a_jour
from territoires.replique import PRINCIPALE, REPLIQUE, Routeur, Suivi, lecture
from tests.config.test_adresses_publiques import DE_REFERENCE, OUVERTES, SECRETES
from tests.config.test_pages_publiques import _monde

routeur = Routeur()


@pytest.fixture
def avec_replique(monkeypatch, settings):
    """One is declared, and in time; no connection to it is ever opened."""
    monkeypatch.setitem(settings.DATABASES, REPLIQUE, {})
    monkeypatch.setattr(replique.suivi, "est_a_jour", lambda: True)
    monkeypatch.setattr(replique.suivi, "repond", lambda erreur: False)


def demande(nom, methode="GET", **entetes):
    une = RequestFactory().generic(methode, "/", headers=entetes)
    une.user = AnonymousUser()
    une.resolver_match = ResolverMatch(lambda request: None, (), {}, url_name=nom)
    return une


def test_a_request_reads_the_primary_until_told_otherwise(transactional_db):
    assert routeur.db_for_read(FicheAction) == PRINCIPALE
    with lecture() as une:
        assert routeur.db_for_read(FicheAction) == PRINCIPALE
        une.base = REPLIQUE
        assert routeur.db_for_read(FicheAction) == REPLIQUE
        assert routeur.db_for_read(Session) == PRINCIPALE
    assert routeur.db_for_read(FicheAction) == PRINCIPALE


def test_what_writes_and_what_follows_is_on_the_primary(transactional_db):
    with lecture() as une:
        une.base = REPLIQUE
        with transaction.atomic():
            assert routeur.db_for_read(FicheAction) == PRINCIPALE
        assert routeur.db_for_read(FicheAction) == REPLIQUE
        assert routeur.db_for_write(FicheAction) == PRINCIPALE
        assert routeur.db_for_read(FicheAction) == PRINCIPALE


def test_no_table_is_made_on_the_replica():
    assert routeur.allow_migrate(REPLIQUE, "programme") is False
    assert routeur.allow_migrate(PRINCIPALE, "programme") is None


def tous_les_noms():
    """The name of every address, those of the admin and of the accounts included."""

    def parcourir(resolveur, espace=""):
        for motif in resolveur.url_patterns:
            if hasattr(motif, "url_patterns"):
                yield from parcourir(motif, motif.namespace or espace)
            elif motif.name:
                yield f"{espace}:{motif.name}" if espace else motif.name

    return set(parcourir(get_resolver()))


def test_only_what_anybody_reads_is_read_there():
    lus = {nom for nom in tous_les_noms() if peut_lire_la_replique(demande(nom))}
    publics = {*OUVERTES, *DE_REFERENCE, *SECRETES}
    assert "fiche" in lus and "api-fiches" in lus
    assert {nom for nom in lus - publics if not nom.startswith("api-")} == set()
    assert not lus & {"recherche", "recherche-propositions"}


@pytest.mark.parametrize(
    "entetes",
    [
        {"Cookie": "sessionid=abc"},
        {"Cookie": "messages=abc"},
        {"Cookie": f"{A_ECRIT}=1"},
        {"Authorization": "Bearer ti_x"},
    ],
)
def test_who_is_somebody_or_has_just_written_reads_the_primary(entetes):
    assert peut_lire_la_replique(demande("fiche"))
    assert not peut_lire_la_replique(demande("fiche", **entetes))


def test_a_form_that_was_sent_is_remembered_longer_than_the_delay(avec_replique, settings):
    repondre = SurLaReplique(lambda request: HttpResponse("fait"))
    reponse = repondre(demande("signaler", "POST"))
    assert reponse.cookies[A_ECRIT]["max-age"] > settings.REPLIQUE_RETARD
    assert A_ECRIT not in repondre(demande("fiche")).cookies


def test_a_page_that_loses_the_replica_is_made_again_from_the_primary(avec_replique):
    lues = []

    def vue(request):
        lues.append(replique.base_lue())
        if lues[-1] == REPLIQUE:
            raise OperationalError("server closed the connection")
        return HttpResponse("la page")

    def repondre(request):
        request.resolver_match = ResolverMatch(vue, (), {}, url_name="fiche")
        milieu.process_view(request)
        try:
            return vue(request)
        except OperationalError as erreur:
            return milieu.process_exception(request, erreur)

    milieu = SurLaReplique(repondre)
    assert milieu(demande("fiche")).content == b"la page"
    assert lues == [REPLIQUE, PRINCIPALE]


def test_no_public_page_asks_the_primary_what_the_replica_holds(
    transactional_db, avec_replique, monkeypatch, settings
):
    """On one connection under both names: with the primary away, these pages stand."""
    etats = map(str, count())  # each page is made anew
    monkeypatch.setattr("territoires.conservation._etat_de_la_replique", lambda: next(etats))
    monkeypatch.setitem(router.__dict__, "routers", [Routeur()])
    principale = connections[PRINCIPALE]
    monkeypatch.setitem(settings.DATABASES, REPLIQUE, settings.DATABASES[PRINCIPALE])
    principale.ensure_connection()  # a test before may have closed it
    connections[REPLIQUE] = principale.copy(alias=REPLIQUE)
    connections[REPLIQUE].connection = principale.connection
    adresses, demandees = list(_monde()), {}
    mettre_a_jour()

    def noter(execute, sql, *reste):
        if replique.base_lue() == REPLIQUE:
            demandees.setdefault(adresse, sql[:150])
        return execute(sql, *reste)

    client, lues = Client(), 0
    try:
        with principale.execute_wrapper(noter):
            for adresse in adresses:
                lues += client.get(adresse).status_code == 200
    finally:
        connections[REPLIQUE].connection = None
        del connections[REPLIQUE]
    assert demandees == {}
    assert lues == len(adresses)


def test_a_fault_of_ours_is_not_taken_for_the_replica_s(avec_replique):
    une = demande("fiche")
    with lecture() as une.lecture:
        une.lecture.base = REPLIQUE
        assert SurLaReplique(None).process_exception(une, ValueError()) is None


def test_too_late_or_away_it_is_not_read_and_said(monkeypatch, settings, avec_replique):
    suivi, maintenant = Suivi(), 100.0
    monkeypatch.setattr(replique.time, "monotonic", lambda: maintenant)
    monkeypatch.setattr(page, "suivi", suivi)
    monkeypatch.setattr(replique, "connections", {REPLIQUE: type("C", (), {"close": vars})})
    vus = {"retard": 0.0}

    def mesurer():
        if vus["retard"] is None:
            raise OperationalError("connection refused")
        return vus["retard"]

    monkeypatch.setattr(replique, "mesurer", mesurer)
    assert page.etat() == {"lue": True, "etat": "en ordre", "retard_s": 0.0}
    vus["retard"] = settings.REPLIQUE_RETARD + 1
    assert suivi.est_a_jour()  # looked at once a second
    maintenant += replique.PAS
    assert page.etat() == {"lue": False, "etat": "en retard", "retard_s": 6.0}
    vus["retard"] = None
    maintenant += replique.PAS
    assert page.etat()["etat"] == "en panne (OperationalError)"
    vus["retard"] = 0.0
    assert not suivi.est_a_jour()
    maintenant += replique.SOUFFLE
    assert suivi.est_a_jour()


@pytest.mark.django_db
def test_a_watcher_is_told_and_the_site_is_ready_all_the_same(client, monkeypatch, settings):
    assert "replique" not in client.get("/sante/pret/").json()
    dite = {"lue": False, "etat": "en retard", "retard_s": 7.5}
    monkeypatch.setattr(page, "etat", lambda: dite)
    settings.METRIQUES_JETON = "un-jeton"
    reponse = client.get("/sante/pret/?sans=ouvrier")
    assert (reponse.status_code, reponse.json()["replique"]) == (200, dite)
    lues = client.get("/metriques/", headers={"Authorization": "Bearer un-jeton"}).content
    assert b"ti_replique_lue 0.0" in lues and b"ti_replique_retard_secondes 7.5" in lues
