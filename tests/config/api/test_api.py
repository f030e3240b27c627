"""The API: the rows and columns of the pages for all, those of the agent with a key, and clear
refusals of what is not understood."""

import json
import time
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.urls import reverse

from config.api.tables import Table, noms
from config.jeux_de_donnees import JEUX
from echanges.registre import resources
from programme.fiches.models import FicheAction
from territoires.acces import cles
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee
from tests.echanges.test_aller_retour import tout
from tests.monde import une_fois

pytestmark = pytest.mark.django_db


un_peu_de_tout = une_fois(lambda: (tout(), une_fiche_decidee()))


@pytest.fixture(autouse=True)
def _sans_compte():
    cache.clear()


def cle_de(agent):
    return {"Authorization": f"Bearer {cles.creer(agent, 'essai')[1]}"}


def lire(client, nom, *, cle=None, **parametres):
    return client.get(reverse(f"api-{nom}"), parametres, headers=cle or {})


def toutes(client, nom, cle=None, taille=2):
    """Every row of a table, page by page."""
    adresse, lignes = f"{reverse(f'api-{nom}')}?taille={taille}", []
    while adresse:
        reponse = client.get(adresse, headers=cle or {}).json()
        lignes += reponse["resultats"]
        adresse = reponse["suivante"]
    return lignes


def test_anybody_reads_the_public_rows_and_columns_and_nothing_else(un_peu_de_tout, client):
    for nom in JEUX:
        publiques = resources()[nom]._meta.model._default_manager.du_public()
        lignes = toutes(client, nom, taille=7)
        assert len(lignes) == publiques.count(), nom
        assert {tuple(ligne) for ligne in lignes} <= {JEUX[nom].colonnes}, nom


def test_what_is_not_public_asks_for_a_key(client):
    for nom in set(noms()) - set(JEUX):
        reponse = lire(client, nom)
        assert (reponse.status_code, reponse.json()["code"]) == (401, "cle_attendue"), nom
        # A browser asks first, without the key.
        assert client.options(reverse(f"api-{nom}")).status_code == 204, nom


def test_people_are_no_table_of_it_whatever_the_key(client):
    reponse = client.get("/api/v1/agents/", headers=cle_de(f.agent_delegation()))
    assert reponse.status_code == 404


def test_a_key_opens_what_the_files_of_its_agent_give_and_no_more(client):
    ici, ailleurs = f.territoire_publie("27"), f.territoire_publie("75")
    siens = f.fiche_complete(ici, contact_nom="Camille")
    f.fiche_complete(ailleurs, titre="Secrète")
    publique = une_fiche_decidee()
    lignes = toutes(client, "fiches", cle_de(f.agents_de(ici)[0]))
    par_reference = {ligne["reference"]: ligne for ligne in lignes}
    assert set(par_reference) == {siens.reference, publique.reference}
    assert par_reference[siens.reference]["contact_nom"] == "Camille"
    assert "contact_nom" not in par_reference[publique.reference]
    assert tuple(par_reference[publique.reference]) == JEUX["fiches"].colonnes


@pytest.mark.parametrize("qui", ["intercommunalité", "région", "délégation", "sans périmètre"])
def test_every_table_gives_an_agent_what_its_export_gives(qui, un_peu_de_tout, client):
    territoire = FicheAction.objects.first().territoire
    agents = dict(zip(["intercommunalité", "région"], f.agents_de(territoire)[:2], strict=False))
    agents |= {"délégation": f.agent_delegation(), "sans périmètre": f.AgentFactory()}
    agent, cle = agents[qui], cle_de(agents[qui])
    for nom in noms():
        table, classe = Table(nom, agent), resources()[nom]
        reponse = lire(client, nom, cle=cle, taille=1000)
        if not table.est_publique and not classe(agent=agent).peut("exporter"):
            assert (reponse.status_code, reponse.json()["code"]) == (403, "refus"), nom
            continue
        lignes = reponse.json()["resultats"]
        assert len(lignes) == table.rangees().count(), nom
        entieres = [ligne for ligne in lignes if list(ligne) == classe.entetes()]
        if classe(agent=agent).peut("exporter"):
            siennes = classe(agent=agent).visibles().count()
            assert len(entieres) >= siennes, nom
        publiques = [ligne for ligne in lignes if ligne not in entieres]
        assert all(tuple(ligne) == JEUX[nom].colonnes for ligne in publiques), nom


def test_pages_follow_one_another_and_miss_nothing_while_rows_come(client):
    for _ in range(5):
        f.territoire_publie()
    premiere = lire(client, "territoires", taille=2).json()
    f.territoire_publie()
    suite = toutes(client, "territoires", taille=2)
    assert [x["identifiant"] for x in suite][:2] == [
        x["identifiant"] for x in premiere["resultats"]
    ]
    assert len({x["identifiant"] for x in suite}) == len(suite) == 6


def test_the_filters_are_those_of_the_page(client):
    ici, ailleurs = f.territoire_publie("27"), f.territoire_publie("75")
    page = client.get(reverse("territoires"), {"region": "27"}).context["page_obj"]
    lignes = lire(client, "territoires", region="27").json()["resultats"]
    assert [x["identifiant"] for x in lignes] == [t.identifiant for t in page] == [ici.identifiant]
    assert lire(client, "regions", code="27").status_code == 400  # its own key: by its address
    (une,) = lire(client, "perimetres", territoire=ailleurs.identifiant).json()["resultats"]
    assert une["nom"] == ailleurs.perimetre_courant.nom


def test_a_row_is_read_by_its_key(client):
    territoire = f.territoire_publie()
    adresse = reverse("api-territoires-ligne", args=[territoire.identifiant])
    assert client.get(adresse).json()["nom"] == territoire.nom
    brouillon = f.fiche_complete(territoire)
    reponse = client.get(reverse("api-fiches-ligne", args=[brouillon.reference]))
    assert (reponse.status_code, reponse.json()["code"]) == (404, "introuvable")
    assert client.get(reverse("api-phases-ligne", args=["abc"])).status_code == 404


def test_what_did_not_change_is_not_sent_again(client):
    f.territoire_publie()
    reponse = lire(client, "territoires")
    assert reponse["Cache-Control"] == "public, no-cache"
    memes = {"If-None-Match": reponse["ETag"]}
    inchangee = lire(client, "territoires", cle=memes)
    assert (inchangee.status_code, inchangee.content) == (304, b"")
    assert inchangee["Access-Control-Allow-Origin"] == "*"
    f.territoire_publie()
    assert lire(client, "territoires", cle=memes).status_code == 200


def test_a_page_that_another_follows_is_not_sent_again_either(client, monkeypatch):
    for _ in range(3):
        f.territoire_publie()
    reponse = lire(client, "territoires", taille=1)
    assert reponse.json()["suivante"]
    plus_tard = time.time() + 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: plus_tard)
    memes = {"If-None-Match": reponse["ETag"]}
    assert lire(client, "territoires", cle=memes, taille=1).status_code == 304
    assert client.get(reponse.json()["suivante"]).status_code == 200


def test_another_site_may_ask_with_a_key(client):
    reponse = client.options(reverse("api-fiches"))
    assert reponse.status_code == 204
    assert reponse["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" in reponse["Access-Control-Allow-Headers"]


def test_what_a_key_opens_is_kept_by_nobody(client):
    reponse = lire(client, "fiches", cle=cle_de(f.agent_delegation()))
    assert reponse["Cache-Control"] == "private, no-cache"
    assert "Authorization" in reponse["Vary"]


class TestMauvaisesDemandes:
    """None is answered by 500, and each says in French what is wrong."""

    def test_a_key_revoked_between_two_pages(self, client):
        for _ in range(3):
            f.territoire_publie()
        cle, secret = cles.creer(f.agent_delegation(), "essai")
        entete = {"Authorization": f"Bearer {secret}"}
        suivante = lire(client, "territoires", cle=entete, taille=1).json()["suivante"]
        cles.revoquer(cle)
        reponse = client.get(suivante, headers=entete)
        assert (reponse.status_code, reponse.json()["code"]) == (401, "cle_refusee")
        assert "révoquée le" in reponse.json()["message"]
        assert reponse["WWW-Authenticate"].startswith("Bearer")
        # Nor does its cursor lead anywhere without it.
        assert client.get(suivante).json()["champs"]["curseur"]

    def test_a_cursor_that_was_tampered_with(self, client):
        for _ in range(3):
            f.territoire_publie()
        suivante = lire(client, "territoires", taille=1).json()["suivante"]
        curseur = suivante.partition("curseur=")[2]
        for faux in (curseur[1:], curseur[:-1] + "x", "x", "é\x00", "MTA:1:2", "=" * 5000):
            reponse = lire(client, "territoires", taille=1, curseur=faux)
            assert (reponse.status_code, reponse.json()["code"]) == (400, "demande_mal_ecrite")
            assert "curseur" in reponse.json()["champs"]
        ailleurs = lire(client, "territoires", taille=1, curseur=curseur, pilote="oui")
        assert ailleurs.status_code == 400

    @pytest.mark.parametrize(
        ("parametres", "champ", "dit"),
        [
            ({"inventé": "1"}, "inventé", "Paramètre inconnu"),
            ({"region": "zz"}, "region", "Sélectionnez un choix valide"),
            ({"montant_min": "beaucoup"}, "montant_min", ""),
            ({"debut_min": "hier"}, "debut_min", "date"),
            ({"taille": "0"}, "taille", "entre 1 et 1000"),
            ({"taille": "²"}, "taille", "entre 1 et 1000"),
            ({"texte": "x" * 5000}, "texte", "caractères"),
            ({"texte": "a\x00b"}, "texte", "nul"),
        ],
    )
    def test_a_filter_that_is_unknown_or_badly_written(self, client, parametres, champ, dit):
        reponse = lire(client, "fiches", **parametres)
        assert (reponse.status_code, reponse.json()["code"]) == (400, "demande_mal_ecrite")
        (phrase,) = reponse.json()["champs"][champ]
        assert dit in phrase

    @pytest.mark.parametrize("entete", ["Bearer", "Basic abc", "Bearer ti_inventee", "Bearer é"])
    def test_a_key_that_is_none(self, client, entete):
        reponse = lire(client, "fiches", cle={"Authorization": entete})
        assert (reponse.status_code, reponse.json()["code"]) == (401, "cle_refusee")

    def test_the_key_of_somebody_who_left(self, client):
        agent = f.agent_delegation()
        cle = cle_de(agent)
        agent.is_active = False
        agent.save()
        assert "désactivé" in lire(client, "fiches", cle=cle).json()["message"]

    def test_an_address_or_a_verb_that_does_not_exist(self, client):
        for adresse in ("/api/v1/inventee/", "/api/v2/fiches/", "/api/v1/fiches"):
            reponse = client.get(adresse)
            assert (reponse.status_code, reponse.json()["code"]) == (404, "introuvable"), adresse
        reponse = client.post(reverse("api-fiches"), "{}", content_type="application/json")
        assert (reponse.status_code, reponse.json()["code"]) == (405, "lecture_seule")

    def test_too_many_demands_are_told_when_to_come_back(self, client, settings):
        settings.API_PAR_MINUTE = settings.API_PAR_MINUTE_AVEC_CLE = 3
        reponses = [lire(client, "regions") for _ in range(4)]
        assert [r.status_code for r in reponses] == [200, 200, 200, 429]
        assert reponses[-1].json()["code"] == "trop_de_demandes"
        assert 1 <= int(reponses[-1]["Retry-After"]) <= 60
        # A key has a count of its own.
        assert lire(client, "regions", cle=cle_de(f.agent_delegation())).status_code == 200


@pytest.mark.parametrize("nombre", [1, 3])
def test_the_number_of_queries_does_not_grow(nombre, client, django_assert_num_queries):
    for _ in range(nombre):
        une_fiche_decidee()
    with django_assert_num_queries(5):  # rows, columns, three lists
        lire(client, "fiches")
    with django_assert_num_queries(2):
        lire(client, "financements")
    cle = cle_de(f.agent_delegation())
    lire(client, "fiches", cle=cle)  # the first use is written
    with django_assert_num_queries(7):  # the key, and which rows are the agent's
        lire(client, "fiches", cle=cle)


def test_the_page_tries_every_table_without_a_script(client):
    for nom in JEUX:
        page = client.get(reverse("api-essayer", args=[nom]))
        assert page.status_code == 200
        assert f'action="{reverse(f"api-{nom}")}"' in page.content.decode()
    assert client.get(reverse("api-essayer", args=["agents"])).status_code == 404


def test_its_root_lists_the_public_tables(client):
    tables = client.get(reverse("api-v1")).json()["tables"]
    assert set(tables) == set(JEUX)
    assert client.get(tables["fiches"]["adresse"]).status_code == 200
    assert "agents" not in json.dumps(tables)


@pytest.mark.parametrize(
    ("erreur", "status", "code"),
    [(OperationalError("partie"), 503, "base_injoignable"), (ValueError("cassé"), 500, "panne")],
)
def test_a_failure_of_ours_is_json_too(erreur, status, code, client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("config.api.views.Sommaire.get", Mock(side_effect=erreur))
    reponse = client.get(reverse("api-v1"))
    assert (reponse.status_code, reponse.json()["code"]) == (status, code)
    assert str(erreur) not in reponse.content.decode()
    assert reponse.has_header("Retry-After") == (status == 503)
    assert "html" in client.get("/nulle-part/")["Content-Type"]
