"""A public answer is made once, and again as soon as anything was written."""

import threading
from datetime import date

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from config import conservation
from config.conservation import CONSERVEES, Reserve
from config.sante import REQUETES
from programme.fiches import parcours
from territoires.conservation import Gardee
from territoires.geographie.models import Region
from tests import factories as f
from tests.config.test_adresses_publiques import DE_REFERENCE, OUVERTES, SECRETES

# Public, and yet made at each request: why.
NON_CONSERVEES = {
    "sante": "qui surveille demande si ce processus répond",
    "piece-jointe": "un fichier, lu là où il est",
    "document": "un fichier, lu là où il est",
    "document-contrat": "un fichier, lu là où il est",
    "deliberation-contrat": "un fichier, lu là où il est",
    "document-convention": "un fichier, lu là où il est",
    "document-mouvement": "un fichier, lu là où il est",
    "donnees-classeur": "un flux, aussi long qu’il y a de lignes",
    "donnees-scdl": "un flux, aussi long qu’il y a de lignes",
    "mobilisation-csv": "un flux, aussi long qu’il y a de lignes",
}


@pytest.fixture(autouse=True)
def _sans_reserve():
    conservation.reserve.vider()


def test_every_public_address_is_kept_or_says_why():
    assert {*OUVERTES, *DE_REFERENCE, *SECRETES} == {*CONSERVEES, *NON_CONSERVEES}


def _fiche(territoire):
    fiche, delegation = f.fiche_complete(territoire), f.agent_delegation()
    parcours.transmettre(fiche, agent=delegation)
    seance = f.SeanceFactory(comite=f.ComiteDePilotageFactory(region=territoire.regions[0]))
    f.rendre_et_clore(fiche, seance=seance, sens="favorable", agent=delegation)
    return fiche


def _entetes(reponse):
    """Those of the answer: each request has its own number."""
    return {nom: valeur for nom, valeur in reponse.headers.items() if nom != "X-Request-ID"}


def publics():
    """The address of one public object for each kind of page."""
    territoire = f.territoire_publie(f.RegionFactory(code="27"), nom="Ici")
    edition = territoire.perimetre_courant.edition
    ancienne = f.EditionCarteFactory(code="2020-10", date=date(2020, 10, 1))
    f.PerimetreFactory(edition=ancienne)
    f.IntercommunaliteFactory(siren=f.siren(1))
    parole = f.InterventionFactory(territoire=territoire)
    assemblee = parole.sequence.assemblee
    engagement = f.EngagementFactory(convention__partenaire__identifiant="operateur")
    f.ThemeFactory(identifiant="logement")
    pratique = f.BonnePratiqueFactory(
        territoire=territoire, publiee_le=timezone.now(), publiee_par=f.agent_delegation()
    )
    fiche = _fiche(territoire)
    objets = {
        "carte": [edition.code],
        "comparaison": [ancienne.code, edition.code],
        "fichier-carte": [edition.code, "carte.svg"],
        "integrer-carte": [edition.code],
        "integrer-territoire": [territoire.identifiant],
        "territoire": [territoire.identifiant],
        "nouvelles-territoire": [territoire.identifiant],
        "brochure": [territoire.identifiant],
        "vignette-territoire": [territoire.identifiant],
        "fiche": [fiche.reference],
        "vignette-fiche": [fiche.reference],
        "convention": [engagement.convention.reference],
        "engagement": [engagement.convention.reference, engagement.numero],
        "contrat": [f.ContratFactory(territoire=territoire).reference],
        "bonne-pratique": [pratique.identifiant],
        "actualite": [f.ActualiteFactory().identifiant],
        "page-editoriale": [f.PageEditorialeFactory().identifiant],
        "assemblee": [assemblee.identifiant],
        "vignette-assemblee": [assemblee.identifiant],
        "assemblee-calendrier": [assemblee.identifiant],
        "sequence-calendrier": [assemblee.identifiant, parole.sequence.ordre],
        "intervenant": [parole.intervenant.identifiant],
    }
    sans_objet = {nom: [] for nom in OUVERTES}
    return {
        nom: reverse(nom, args=arguments)
        for nom, arguments in {**sans_objet, **DE_REFERENCE, **objets}.items()
        if nom not in NON_CONSERVEES
    }


@pytest.mark.django_db(transaction=True)
class TestHorsTransaction:
    def test_every_answer_is_made_once_and_again_after_a_write(
        self, client, django_assert_num_queries, settings
    ):
        settings.API_PAR_MINUTE = 100_000  # others have asked in this minute
        adresses = publics()
        assert set(adresses) == CONSERVEES
        for nom, adresse in adresses.items():
            client.get(adresse)  # it may write the date of what it shows
            conservation.reserve.vider()
            faite = client.get(adresse)
            assert faite.status_code == 200, nom
            with django_assert_num_queries(1):
                gardee = client.get(adresse)
            assert gardee.content == faite.content, nom
            assert _entetes(gardee) == _entetes(faite), nom
            with django_assert_num_queries(1):
                inchangee = client.get(adresse, headers={"If-None-Match": faite["ETag"]})
            assert (inchangee.status_code, inchangee.content) == (304, b""), nom
            Region.objects.filter(pk="27").update(nom=f"Région vue de {nom}")
            cle = conservation._ici(client.get(adresse).wsgi_request)
            assert conservation.reserve.gardees[cle][1] is not gardee, nom

    def test_a_kept_page_is_counted_under_its_name(self, client):
        def comptees():
            return REQUETES.labels("GET", "regions", 200)._value.get()

        client.get("/regions/")
        avant = comptees()
        client.get("/regions/")
        assert comptees() == avant + 1

    def test_what_another_connection_wrote_shows_at_once(self, client):
        f.RegionFactory(code="27", nom="Avant")
        for _ in range(2):
            assert "Avant" in client.get("/regions/").content.decode()

        def ecrire():
            Region.objects.filter(pk="27").update(nom="Après")
            connection.close()

        fil = threading.Thread(target=ecrire)
        fil.start()
        fil.join()
        assert "Après" in client.get("/regions/").content.decode()

    def test_who_has_a_session_is_never_served_from_what_is_kept(self, client):
        client.get("/regions/")
        client.force_login(f.agent_delegation())
        reponse = client.get("/regions/", headers={"If-None-Match": "*"})
        assert reponse.status_code == 200
        assert reponse["Cache-Control"] == "private, no-store"
        assert reponse.context["user"].is_authenticated

    def test_what_is_kept_is_still_served_without_the_database(self, client, monkeypatch):
        f.RegionFactory(code="27", nom="Gardée")
        for _ in range(2):
            gardee = client.get("/regions/")
        Region.objects.filter(pk="27").update(nom="Écrite depuis")

        def absente(*args, **kwargs):
            raise OperationalError("connection refused")

        monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", absente)
        client.raise_request_exception = False
        sans = client.get("/regions/")
        inconnue = client.get("/themes/")
        client.cookies["sessionid"] = "une-session"
        d_agent = client.get("/regions/")
        monkeypatch.undo()
        assert (sans.status_code, sans.content) == (200, gardee.content)
        assert inconnue.status_code == 503
        assert "base de données est injoignable" in inconnue.content.decode()
        assert d_agent.status_code == 503
        assert "Écrite depuis" in client.get("/regions/").content.decode()

    def test_a_frame_may_still_be_shown_elsewhere(self, client):
        for _ in range(3):
            assert "X-Frame-Options" not in client.get("/integrer/carte/")
            assert client.get("/regions/")["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
@pytest.mark.parametrize("entete", ["no-store", "private, max-age=3"])
def test_what_says_that_it_is_private_is_not_kept(entete):
    demande = RequestFactory().get("/regions/")
    demande.est_conservee, demande.etat_lu = True, ("aujourd’hui", 1)
    privee = HttpResponse("à moi", headers={"Cache-Control": entete})
    assert conservation.ReponsesConservees(lambda _: privee)(demande) is privee
    assert not conservation.reserve.gardees


@pytest.mark.django_db
def test_what_sets_a_cookie_is_not_kept():
    demande = RequestFactory().get("/regions/")
    demande.est_conservee, demande.etat_lu = True, ("aujourd’hui", 1)
    reponse = HttpResponse("à moi")
    reponse.set_cookie("a", "b")
    assert conservation.ReponsesConservees(lambda _: reponse)(demande) is reponse
    assert not conservation.reserve.gardees


def test_the_oldest_answers_leave_first_when_the_place_is_full(monkeypatch):
    monkeypatch.setattr(conservation, "PLACE", 2_500)
    reserve, entetes = Reserve(), {"Content-Type": "image/png", "ETag": "x"}
    for cle in "abc":
        reserve.garder(cle, 1, Gardee(b"0" * 1000, entetes))
        reserve.chercher("a", 1)
    assert set(reserve.gardees) == {"a", "c"}
    assert reserve.taille == 2000
    reserve.garder("d", 1, Gardee(b"0" * (conservation.PLUS_GRANDE + 1), entetes))
    assert "d" not in reserve.gardees
