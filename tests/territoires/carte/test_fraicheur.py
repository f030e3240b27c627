"""An answer is sent again as soon as what it shows changes, and only then."""

import gzip
from datetime import date

import brotli
import pytest
from django.core.cache import cache
from django.utils import timezone

from programme.fiches import parcours
from territoires.carte.models import Parution
from territoires.editions.comparaison import Composition
from territoires.editions.composition import calculer
from territoires.editions.models import Perimetre
from territoires.geographie.models import Commune, Contour, Region
from tests import factories as f

ADRESSES = [
    "/carte/",
    "/carte/2023-11/",
    "/carte/?couleur=fiches",
    "/carte/?couleur=changement",
    "/carte/2020-10...2023-11/",
    "/carte/2020-10...2023-11/?format=csv",
    "/carte/territoires.geojson",
    "/carte/2023-11/territoires.topojson",
    "/carte/2023-11/compositions.csv",
    "/carte/2023-11/communes.csv",
    "/carte/2023-11/territoires.gpkg",
    "/carte/carte.svg",
    "/carte/carte.png",
    "/integrer/carte/",
    "/integrer/territoires/val/",
]


@pytest.fixture(autouse=True)
def _cache_vide():
    cache.clear()


@pytest.fixture
def territoire(db):
    territoire = f.territoire_publie(
        "27", nom="Val", identifiant="val", edition=f.EditionCarteFactory(code="2023-11")
    )
    membre = territoire.perimetre_courant.membres.get().intercommunalite
    ancienne = f.EditionCarteFactory(code="2020-10", date=date(2020, 10, 1))
    f.PerimetreFactory(edition=ancienne, nom="Jadis", membres=[membre])
    f.TerritoireFactory._meta.model.objects.actualiser_perimetres()
    return territoire


@pytest.mark.parametrize("adresse", ADRESSES)
def test_what_did_not_change_is_not_sent_again(client, territoire, adresse):
    premiere = client.get(adresse)
    assert premiere.status_code == 200
    for entete, valeur in (
        ("If-None-Match", premiere["ETag"]),
        ("If-None-Match", f'"autre", {premiere["ETag"]}'),
        ("If-Modified-Since", premiere["Last-Modified"]),
    ):
        reponse = client.get(adresse, headers={entete: valeur})
        assert reponse.status_code == 304, entete
        assert reponse.content == b""
        assert reponse["ETag"] == premiere["ETag"]
    autre = client.get(adresse, headers={"If-None-Match": '"autre"'})
    assert autre.content == premiere.content


def publier_une_fiche(territoire):
    delegation = f.agent_delegation()
    fiche = f.fiche_complete(territoire)
    parcours.transmettre(fiche, agent=delegation)
    seance = f.SeanceFactory(comite=f.ComiteDePilotageFactory(region=territoire.regions[0]))
    f.rendre_et_clore(fiche, seance=seance, sens="favorable", agent=delegation)


def renommer_une_region(territoire):
    Region.objects.filter(pk="27").update(nom="Ailleurs")


def publier_une_edition(territoire):
    suivante = f.EditionCarteFactory(code="2027-01", date=date(2027, 1, 1), publiee_le=None)
    f.PerimetreFactory(edition=suivante, territoire=territoire)
    suivante.publier(f.agent_delegation())


def changer_un_contour(territoire):
    membre = territoire.perimetre_courant.membres.get().intercommunalite
    Contour.objects.filter(intercommunalite=membre).update(geometrie=f.carre(3, 45))
    calculer(Perimetre.objects.filter(pk=territoire.perimetre_courant.pk))


def changer_un_nom(territoire):
    Perimetre.objects.filter(pk=territoire.perimetre_courant.pk).update(nom="Vallée")


@pytest.mark.parametrize(
    "changement",
    [
        publier_une_fiche,
        renommer_une_region,
        publier_une_edition,
        changer_un_contour,
        changer_un_nom,
    ],
)
@pytest.mark.parametrize("adresse", ["/carte/", "/carte/territoires.geojson", "/integrer/carte/"])
def test_what_changed_is_sent_at_once(client, territoire, adresse, changement):
    avant = client.get(adresse)
    changement(territoire)
    for entete, valeur in (
        ("If-None-Match", avant["ETag"]),
        ("If-Modified-Since", avant["Last-Modified"]),
    ):
        apres = client.get(adresse, headers={entete: valeur})
        assert apres.status_code == 200
        assert apres["ETag"] != avant["ETag"]


def test_one_answer_does_not_change_the_date_of_another(client, territoire):
    dates = {adresse: client.get(adresse)["Last-Modified"] for adresse in ADRESSES}
    assert {adresse: client.get(adresse)["Last-Modified"] for adresse in ADRESSES} == dates
    assert all(parution.depuis <= timezone.now() for parution in Parution.objects.all())


def test_a_confirmed_filiation_shows_at_once(client, territoire):
    adresse = "/carte/2020-10...2023-11/"
    avant = client.get(adresse)
    f.FiliationFactory(
        ancien=Perimetre.objects.get(nom="Jadis"),
        nouveau=territoire.perimetre_courant,
        confirmee_par=f.agent_delegation(),
        confirmee_le=timezone.now(),
    )
    apres = client.get(adresse, headers={"If-None-Match": avant["ETag"]})
    assert apres.status_code == 200
    assert "confirmé </td>" in " ".join(apres.content.decode().split())


def demenager_une_commune(commune):
    autre = f.IntercommunaliteFactory(departement=commune.departement)
    Commune.objects.filter(pk=commune.pk).update(intercommunalite=autre)


def repeupler_une_commune(commune):
    Commune.objects.filter(pk=commune.pk).update(population=3)


def dissoudre_l_intercommunalite(commune):
    ancienne = f.IntercommunaliteFactory(dissoute_le=date(2022, 1, 1))
    ancienne.successeurs.add(commune.intercommunalite)


def redessiner_la_region(commune):
    region = commune.departement.region
    Contour.objects.filter(region=region).update(geometrie=f.carre(4, 46))


@pytest.mark.parametrize(
    "changement",
    [
        demenager_une_commune,
        repeupler_une_commune,
        dissoudre_l_intercommunalite,
        redessiner_la_region,
    ],
)
@pytest.mark.parametrize("suite", ["", "?format=csv"])
def test_a_comparison_is_made_again_once_what_it_reads_changed(
    client, territoire, changement, suite
):
    membre = territoire.perimetre_courant.membres.get().intercommunalite
    f.ContourFactory(
        region=membre.departement.region, intercommunalite=None, geometrie=f.carre(0, 46)
    )
    commune = f.CommuneFactory(intercommunalite=membre, departement=membre.departement)
    adresse = f"/carte/2020-10...2023-11/{suite}"
    avant = client.get(adresse)
    assert client.get(adresse, headers={"If-None-Match": avant["ETag"]}).status_code == 304
    changement(commune)
    assert client.get(adresse, headers={"If-None-Match": avant["ETag"]}).status_code == 200


def test_a_comparison_is_not_made_again_while_it_stands(client, territoire, monkeypatch):
    lues, de = [], Composition.de
    monkeypatch.setattr(Composition, "de", lambda edition: lues.append(edition) or de(edition))
    for suite in ("", "?format=csv", "?autre=1"):
        assert client.get(f"/carte/2020-10...2023-11/{suite}").status_code == 200
    client.get("/carte/?couleur=changement")
    assert len(lues) <= 2


@pytest.mark.parametrize("champ", ["nom", "contour"])
def test_a_region_renamed_or_redrawn_in_place_is_drawn_at_once(client, territoire, champ):
    region = Region.objects.get(pk="27")
    f.ContourFactory(region=region, intercommunalite=None, geometrie=f.carre(0, 46))
    avant = client.get("/carte/").content.decode()
    assert ">Région 27</text>" in avant
    if champ == "nom":
        renommer_une_region(territoire)
        assert ">Ailleurs</text>" in client.get("/carte/").content.decode()
    else:
        Contour.objects.filter(region=region).update(geometrie=f.carre(4, 46))
        fonds = [
            texte.split('class="regions"')[1].split("/>")[0]
            for texte in (avant, client.get("/carte/").content.decode())
        ]
        assert fonds[0] != fonds[1]


def test_a_member_that_changed_its_name_shows_in_the_compositions(client, territoire):
    adresse = "/carte/2023-11/compositions.csv"
    avant = client.get(adresse)
    membre = territoire.perimetre_courant.membres.get().intercommunalite
    type(membre).objects.filter(pk=membre.pk).update(nom="CC Nouvelle")
    assert client.get(adresse, headers={"If-None-Match": avant["ETag"]}).status_code == 200


def test_two_states_of_one_second_have_two_dates(client, territoire):
    dates = {client.get("/carte/")["Last-Modified"]}
    for nom in ("Un", "Deux", "Un"):
        Perimetre.objects.filter(pk=territoire.perimetre_courant.pk).update(nom=nom)
        dates.add(client.get("/carte/")["Last-Modified"])
    assert len(dates) == 4


def test_a_hit_writes_nothing(client, territoire, django_assert_num_queries):
    client.get("/carte/")
    etat = list(Parution.objects.values_list("cle", "depuis"))
    client.get("/carte/")
    assert list(Parution.objects.values_list("cle", "depuis")) == etat


def test_who_has_a_session_gets_a_page_of_their_own(client, territoire):
    client.force_login(f.agent_delegation())
    reponse = client.get("/carte/", headers={"If-None-Match": "*"})
    assert reponse.status_code == 200
    assert reponse["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("adresse", ["/carte/", "/carte/territoires.geojson"])
def test_an_answer_is_compressed_as_the_visitor_takes_it(client, territoire, adresse):
    simple = client.get(adresse)
    assert "Content-Encoding" not in simple
    assert "Content-Encoding" not in client.get(
        adresse, headers={"Accept-Encoding": "gzip;q=0, br;q=0"}
    )
    for accepte, encodage, lire in (
        ("gzip, br", "br", brotli.decompress),
        ("gzip, br;q=0", "gzip", gzip.decompress),
    ):
        comprimee = client.get(adresse, headers={"Accept-Encoding": accepte})
        assert comprimee["Content-Encoding"] == encodage
        assert lire(comprimee.content) == simple.content


@pytest.mark.django_db(transaction=True)
class TestSansRelire:
    """Outside a transaction, nothing is read again while nothing is written."""

    def preparer(self, client):
        territoire = f.territoire_publie(nom="Val", identifiant="val")
        for _ in range(2):  # the first writes the date, and so changes the database
            client.get("/carte/")
        return territoire

    def test_one_query_is_enough(self, client, django_assert_num_queries):
        self.preparer(client)
        with django_assert_num_queries(1):
            assert client.get("/carte/").status_code == 200

    def test_what_is_written_shows_at_once(self, client):
        territoire = self.preparer(client)
        avant = client.get("/carte/")
        changer_un_nom(territoire)
        apres = client.get("/carte/", headers={"If-None-Match": avant["ETag"]})
        assert apres.status_code == 200
        assert "Vallée" in apres.content.decode()
