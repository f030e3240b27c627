"""Public pages of the territoires: what they say, what they cost, what they answer to bad input."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse

from tests.factories.carte import EditionCarteFactory, PerimetreFactory, territoire_publie
from tests.factories.fiches import fiche_complete
from tests.factories.geographie import (
    CommuneFactory,
    ContourFactory,
    IntercommunaliteFactory,
    LocaliteFactory,
    RegionFactory,
    carre,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cache_vide():
    cache.clear()


def soupe(reponse):
    assert reponse.status_code == 200
    return BeautifulSoup(reponse.content, "html.parser")


def titres_du_dessin(page):
    return [titre.text.strip() for titre in page.select("svg.carte a title")]


ADRESSES = [
    ("/", 13),
    ("/carte/", 9),
    ("/carte/?region=27", 9),
    ("/territoires/", 5),
    ("/regions/", 2),
]


@pytest.mark.parametrize("rangs", [1, 3])
@pytest.mark.parametrize(("adresse", "requetes"), ADRESSES)
def test_cost_is_the_same_for_one_and_three_rows(
    client, adresse, requetes, rangs, django_assert_num_queries
):
    region = RegionFactory(code="27")
    ContourFactory(region=region, intercommunalite=None, geometrie=carre(0, 45, 10))
    for rang in range(rangs):
        territoire_publie(region, nom=f"Val {rang}")
    client.get(adresse)  # outlines are drawn once, then kept
    with django_assert_num_queries(requetes):
        assert client.get(adresse).status_code == 200


@pytest.mark.parametrize("rangs", [1, 3])
def test_the_page_of_a_territoire_costs_the_same_with_more_of_everything(
    client, rangs, django_assert_num_queries
):
    territoire = territoire_publie(*(f"{27 + rang}" for rang in range(rangs)))
    for _ in range(rangs):
        fiche_complete(territoire)
    client.get(territoire.get_absolute_url())
    with django_assert_num_queries(17):  # its offers, mandats and links among them
        client.get(territoire.get_absolute_url())


@pytest.mark.parametrize("rangs", [1, 3])
def test_a_search_costs_the_same_for_one_and_three_homonyms(
    client, rangs, django_assert_num_queries
):
    territoire_publie()
    for _ in range(rangs):
        CommuneFactory(nom="Saint-Denis")
    client.get("/recherche/?q=st-denis")  # what was written is indexed once
    with django_assert_num_queries(8):
        assert client.get("/recherche/?q=st-denis").status_code == 200


def test_the_map_and_its_table_name_the_same_territoires(client):
    region = RegionFactory(code="27")
    noms = ["Amont", "Écluse", "Val d’Œuvre"]
    for nom in noms:
        territoire_publie(region, nom=nom)
    page = soupe(client.get("/carte/"))
    lignes = [cellule.text for cellule in page.select("table tbody th")]
    assert titres_du_dessin(page) == lignes == noms


def test_a_region_shows_its_territoires_and_no_other(client):
    ici, ailleurs = RegionFactory(code="27"), RegionFactory(code="75")
    for region in (ici, ailleurs):
        ContourFactory(region=region, intercommunalite=None, geometrie=carre(0, 45, 10))
    territoire_publie(ici, nom="Ici")
    territoire_publie(ailleurs, nom="Ailleurs")
    territoire_publie(ici, ailleurs, nom="Les deux")
    page = soupe(client.get("/carte/?region=27"))
    assert titres_du_dessin(page) == ["Ici", "Les deux"]
    page = soupe(client.get("/regions/27/"))
    assert titres_du_dessin(page) == ["Ici", "Les deux"]


def test_a_new_composition_is_drawn_at_once(client):
    territoire_publie(nom="Premier")
    assert titres_du_dessin(soupe(client.get("/carte/"))) == ["Premier"]
    suivante = EditionCarteFactory(date=datetime.date(2024, 1, 1))
    territoire_publie(nom="Suivant", edition=suivante)
    assert titres_du_dessin(soupe(client.get("/carte/"))) == ["Suivant"]


def test_an_edition_in_preparation_is_on_no_public_page(client):
    publie = territoire_publie(nom="Public")
    brouillon = EditionCarteFactory(code="2099-01", date=datetime.date(2099, 1, 1), publiee_le=None)
    secret = territoire_publie(nom="Secret", edition=brouillon)
    assert client.get("/carte/2099-01/").status_code == 404
    assert client.get(secret.get_absolute_url()).status_code == 404
    assert titres_du_dessin(soupe(client.get("/carte/"))) == ["Public"]
    page = soupe(client.get("/territoires/"))
    assert [cellule.text for cellule in page.select("tbody th")] == [publie.nom]


def test_neighbours_are_those_whose_outline_touches(client):
    edition = EditionCarteFactory()
    perimetres = []
    for x in (0, 1, 5):
        commune = CommuneFactory()
        ContourFactory(intercommunalite=commune.intercommunalite, geometrie=carre(x, 45))
        perimetres.append(
            PerimetreFactory(edition=edition, membres=[commune.intercommunalite], nom=f"Val {x}")
        )
    page = soupe(client.get(perimetres[0].territoire.get_absolute_url()))
    assert titres_du_dessin(page) == ["Val 1"]


def test_unknown_composition_is_said_and_not_filled(client):
    EditionCarteFactory(
        date=datetime.date(2018, 11, 22), nombre_annonce=124, composition_connue=False
    )
    page = soupe(client.get("/carte/2018-11/"))
    assert "124 territoires" in page.select_one(".fr-callout").text
    assert page.select("svg.carte") == []


def test_unknown_edition_is_not_found_and_lists_those_that_exist(client):
    edition = territoire_publie().perimetre_courant.edition
    reponse = client.get("/carte/1999-01/")
    assert reponse.status_code == 404
    assert list(reponse.context["editions"]) == [edition]


@pytest.mark.parametrize("recherche", ["?region=zz", "?page=99", "?page=abc", "?tri=inconnu"])
def test_list_answers_to_malformed_parameters(client, recherche):
    territoire_publie()
    reponse = client.get(reverse("territoires") + recherche)
    assert reponse.status_code == 200
    assert len(reponse.context["object_list"]) == 1


def reponses(client, texte):
    """What the search answers of each place that it finds."""
    groupes = client.get("/recherche/", {"q": texte}).context["groupes"]
    return [r["precision"] for groupe in groupes for r in groupe["resultats"] if r["precision"]]


@pytest.mark.parametrize(
    "texte",
    ["Saint-Étienne", "st etienne", "SAINT ETIENNE", "42218", "42000", "St-Etiene", " 42000 "],
)
def test_a_commune_is_found_however_it_is_typed(client, texte):
    territoire = territoire_publie(nom="Loire Sud")
    intercommunalite = territoire.perimetre_courant.membres.get().intercommunalite
    commune = CommuneFactory(code="42218", nom="Saint-Étienne", intercommunalite=intercommunalite)
    commune.codes_postaux.create(code="42000")
    CommuneFactory(nom="Roanne")
    (reponse,) = reponses(client, texte)
    assert reponse["commune"] == commune
    assert [p.nom for p in reponse["actuels"]] == ["Loire Sud"]


@pytest.mark.parametrize("texte", ["75112", "75012", "Paris 12e", "paris 12ème arrondissement"])
def test_an_arrondissement_is_found_in_its_commune(client, texte):
    paris = CommuneFactory(code="75056", nom="Paris")
    LocaliteFactory(
        code="75112",
        nom="Paris 12e Arrondissement",
        nature="arrondissement",
        commune=paris,
        codes_postaux="75012",
    )
    (reponse,) = reponses(client, texte)
    assert reponse["commune"].nom == "Paris"


def test_whole_words_come_before_beginnings_and_the_largest_first(client):
    for nom, population in (("Bayonne", 50_000), ("Aÿ-Champagne", 5_000), ("Ayen", 6_000)):
        CommuneFactory(nom=nom, population=population)
    CommuneFactory(code="69001", nom="Affoux", population=400)
    CommuneFactory(code="69123", nom="Lyon", population=500_000).codes_postaux.create(code="69001")
    noms = {texte: [r["commune"].nom for r in reponses(client, texte)] for texte in ("Aÿ", "69001")}
    assert noms == {"Aÿ": ["Aÿ-Champagne", "Ayen"], "69001": ["Lyon"]}


def test_an_exact_name_comes_before_longer_ones(client):
    for nom in ("Châlons", "Chalon-sur-Saône", "Chalon"):
        CommuneFactory(nom=nom)
    noms = [r["commune"].nom for r in reponses(client, "chalon")]
    assert noms == ["Chalon", "Chalon-sur-Saône", "Châlons"]


def test_a_commune_that_was_in_an_earlier_edition_is_told_so(client):
    ancienne = EditionCarteFactory(date=datetime.date(2020, 10, 1))
    commune = CommuneFactory(nom="Kerbourg")
    PerimetreFactory(edition=ancienne, nom="Jadis", membres=[commune])
    territoire_publie(nom="Aujourd’hui")
    (reponse,) = reponses(client, "kerbourg")
    assert reponse["actuels"] == []
    assert [p.nom for p in reponse["anciens"]] == ["Jadis"]


def test_a_commune_keeps_the_memory_of_a_dissolved_intercommunalite(client):
    suite = IntercommunaliteFactory()
    CommuneFactory(nom="Bourg", intercommunalite=suite)
    dissoute = IntercommunaliteFactory(dissoute_le=datetime.date(2022, 1, 1))
    dissoute.successeurs.add(suite)
    ancienne = EditionCarteFactory(date=datetime.date(2020, 10, 1))
    PerimetreFactory(edition=ancienne, nom="Jadis", membres=[dissoute])
    (reponse,) = reponses(client, "bourg")
    assert [p.nom for p in reponse["actuels"] + reponse["anciens"]] == ["Jadis"]
    page = soupe(client.get(dissoute.get_absolute_url()))
    assert suite.nom in page.text
    assert "1er janvier 2022" in page.text


@pytest.mark.parametrize("texte", ["", "   ", "\x00", "%", "x" * 5000, "<script>", "zzzzqqq"])
def test_a_search_without_answer_says_so(client, texte):
    CommuneFactory(nom="Bourg")
    reponse = client.get("/recherche/", {"q": texte})
    assert reponse.status_code == 200
    assert reponse.context["groupes"] == []


@pytest.fixture
def deux_editions():
    avant = EditionCarteFactory(date=datetime.date(2020, 10, 1))
    apres = EditionCarteFactory(date=datetime.date(2023, 11, 9))
    commune, arrivee = CommuneFactory(nom="Bourg"), CommuneFactory(nom="Hameau")
    PerimetreFactory(edition=avant, nom="Val", membres=[commune])
    PerimetreFactory(edition=apres, nom="Val", membres=[commune, arrivee])
    return commune, arrivee


def test_two_editions_are_compared_on_a_page_and_as_csv(client, deux_editions):
    page = soupe(client.get("/carte/2020-10...2023-11/"))
    (ligne,) = page.select("tbody tr")
    assert [cellule.text.strip() for cellule in ligne.select("td")[:4]] == [
        "Val",
        "Val",
        "agrandi",
        "proposé",
    ]
    assert "Hameau" in ligne.select("td")[4].text
    texte = client.get("/carte/2020-10...2023-11/?format=csv").content.decode("utf-8-sig")
    assert texte.splitlines() == [
        "mouvement;avant;apres;lien;commune;sens",
        f"agrandi;Val;Val;proposé;{deux_editions[1].pk};entrée",
    ]


def test_an_unknown_composition_compares_the_announced_numbers_only(client, deux_editions):
    EditionCarteFactory(
        date=datetime.date(2018, 11, 22), nombre_annonce=124, composition_connue=False
    )
    page = soupe(client.get("/carte/2018-11...2023-11/"))
    assert "124 territoires annoncés" in " ".join(page.select_one("main").text.split())
    assert page.select("table") == []


@pytest.mark.parametrize("adresse", ["/carte/2020-10...1999-01/", "/carte/1999-01...2020-10/"])
def test_comparing_with_an_unknown_edition_lists_those_that_exist(client, deux_editions, adresse):
    reponse = client.get(adresse)
    assert reponse.status_code == 404
    assert [edition.code for edition in reponse.context["editions"]] == ["2023-11", "2020-10"]
