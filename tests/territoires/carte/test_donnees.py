"""What is taken from the map: right geometries, nothing of a draft, nothing sent twice."""

import csv
import io
import json
import random
from collections import defaultdict
from datetime import date
from itertools import product

import pytest
import shapely
from django.core.cache import cache
from shapely.geometry import mapping, shape

from territoires.carte.exports import topojson
from tests import factories as f

pytestmark = pytest.mark.django_db
FICHIERS = [
    "territoires.geojson",
    "territoires.topojson",
    "compositions.csv",
    "compositions-excel.csv",
    "communes.csv",
    "territoires.gpkg",
    "carte.svg",
    "carte.png",
]


@pytest.fixture(autouse=True)
def _cache_vide():
    cache.clear()


@pytest.fixture
def edition():
    """Two neighbours that share a border and a third one apart, in two régions."""
    edition = f.EditionCarteFactory(code="2023-11")
    for region, x, nom in (("27", 0, "Amont"), ("27", 1, "Aval"), ("75", 5, "=Ailleurs")):
        commune = f.CommuneFactory(
            intercommunalite__departement__region=f.RegionFactory(code=region)
        )
        f.ContourFactory(intercommunalite=commune.intercommunalite, geometrie=f.carre(x, 45))
        territoire = f.TerritoireFactory(nom=nom, identifiant=f"t-{x}")
        f.PerimetreFactory(
            edition=edition, territoire=territoire, membres=[commune.intercommunalite]
        )
    return edition


@pytest.fixture
def brouillon():
    edition = f.EditionCarteFactory(code="2099-01", date=date(2099, 1, 1), publiee_le=None)
    f.territoire_publie("27", nom="Secret", edition=edition)
    return edition


def lire_json(client, adresse):
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return json.loads(reponse.content)


def decoder(topologie):
    """The polygons of a TopoJSON, by identifiant, in whole steps of its grid."""
    arcs = []
    for arc in topologie["arcs"]:
        x, y, points = 0, 0, []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x, y))
        arcs.append(points)

    def anneau(rangs):
        points = []
        for rang in rangs:
            arc = arcs[rang] if rang >= 0 else arcs[~rang][::-1]
            points += arc[1:] if points else arc
        return points

    formes = {}
    for objet in topologie["objects"]["territoires"]["geometries"]:
        polygones = [objet["arcs"]] if objet["type"] == "Polygon" else objet["arcs"]
        formes[objet["id"]] = shapely.MultiPolygon(
            [shapely.Polygon(anneau(p[0]), [anneau(trou) for trou in p[1:]]) for p in polygones]
        )
    return formes


def test_geojson_has_one_feature_a_territoire_of_the_edition(client, edition, brouillon):
    collection = lire_json(client, "/carte/2023-11/territoires.geojson")
    assert [e["properties"]["nom"] for e in collection["features"]] == [
        "=Ailleurs",
        "Amont",
        "Aval",
    ]
    premier = collection["features"][1]
    assert premier["id"] == "t-0"
    assert premier["properties"] == {
        "territoire": "t-0",
        "code": premier["properties"]["code"],
        "nom": "Amont",
        "regions": ["27"],
        "noms_des_regions": ["Région 27"],
        "region_pilote": None,
        "interregional": False,
        "population": 1000,
        "fiches_publiques": 0,
        "page": "http://testserver/territoires/t-0/",
    }
    assert collection["licence"].endswith("/licence-ouverte-open-licence/")
    assert lire_json(client, "/carte/territoires.geojson") == collection


def test_outer_rings_turn_counterclockwise(client, edition):
    for entite in lire_json(client, "/carte/territoires.geojson")["features"]:
        assert shape(entite["geometry"]).exterior.is_ccw


def test_topojson_decodes_to_the_geojson_and_shares_the_border(client, edition):
    topologie = lire_json(client, "/carte/territoires.topojson")
    collection = lire_json(client, "/carte/territoires.geojson")
    formes = decoder(topologie)
    pas = 1 / topologie["transform"]["scale"][0]
    assert list(formes) == [e["id"] for e in collection["features"]]
    for entite in collection["features"]:
        voulue = shapely.transform(shape(entite["geometry"]), lambda xy: (xy * pas).round())
        assert formes[entite["id"]].equals(voulue)
    objets = topologie["objects"]["territoires"]["geometries"]
    arcs = [{rang if rang >= 0 else ~rang for rang in objet["arcs"][0]} for objet in objets]
    assert arcs[1] & arcs[2]  # Amont, Aval
    assert [objet["properties"] for objet in objets] == [
        entite["properties"] for entite in collection["features"]
    ]


@pytest.mark.parametrize("tirage", [10, 220, 276])  # where the library turns a ring backwards
def test_the_rings_of_topojson_turn_as_those_of_geojson(tirage):
    hasard, groupes = random.Random(tirage), defaultdict(list)
    cote, nombre = hasard.choice([3, 4, 5]), hasard.choice([2, 3, 4])
    for x, y in product(range(cote), repeat=2):
        if (groupe := hasard.randrange(nombre + 1)) < nombre:
            groupes[groupe].append(shapely.box(x, y, x + 1, y + 1))
    formes = [shapely.orient_polygons(shapely.union_all(carres)) for carres in groupes.values()]
    entites = [{"id": n, "properties": {}, "geometry": mapping(f)} for n, f in enumerate(formes)]
    lues = decoder(topojson({"features": entites}))
    for rang, forme in enumerate(formes):
        assert lues[rang].area == forme.area * 10_000**2
        assert all(polygone.exterior.is_ccw for polygone in lues[rang].geoms)
        assert not any(trou.is_ccw for p in lues[rang].geoms for trou in p.interiors)


def test_a_region_narrows_the_outlines(client, edition):
    collection = lire_json(client, "/carte/territoires.geojson?region=75")
    assert [entite["id"] for entite in collection["features"]] == ["t-5"]


def test_compositions_say_whether_a_member_is_whole_or_a_single_commune(client, edition):
    commune = f.CommuneFactory(code="01004", nom="Bourg", intercommunalite=None)
    perimetre = f.PerimetreFactory(edition=edition, nom="Mixte", membres=[commune])
    reponse = client.get("/carte/2023-11/compositions.csv")
    lignes = list(csv.DictReader(io.StringIO(reponse.content.decode())))
    assert [(ligne["nom"], ligne["genre"]) for ligne in lignes] == [
        ("'=Ailleurs", "intercommunalité entière"),
        ("Amont", "intercommunalité entière"),
        ("Aval", "intercommunalité entière"),
        ("Mixte", "commune seule"),
    ]
    assert lignes[3]["membre"] == "01004"
    assert lignes[3]["code"] == perimetre.code


def test_a_picture_stands_alone(client, edition):
    svg = client.get("/carte/carte.svg").content.decode()
    for attendu in ("<title>", "<desc>", "<style>", "Licence Ouverte", "http://testserver/carte/"):
        assert attendu in svg
    assert "<script" not in svg
    assert client.get("/carte/carte.png").content.startswith(b"\x89PNG")


@pytest.mark.parametrize("fichier", FICHIERS)
@pytest.mark.parametrize("code", ["2099-01", "1999-01", "2018-11"])
def test_a_draft_an_unknown_edition_and_an_unknown_composition_have_no_file(
    client, edition, brouillon, fichier, code
):
    f.EditionCarteFactory(code="2018-11", date=date(2018, 11, 22), composition_connue=False)
    reponse = client.get(f"/carte/{code}/{fichier}")
    assert reponse.status_code == 404
    assert "édition" in reponse.content.decode()


@pytest.mark.parametrize(
    ("parametres", "dit"),
    [
        ("region=zz", "Aucune région ne porte le code « zz »"),
        ("couleur=changement&depuis=1999-01", "n’est pas une édition antérieure"),
        ("texte=" + "x" * 10_000, "100 caractères"),
        ("texte=introuvable", "Aucun territoire"),
    ],
)
def test_what_a_file_cannot_give_is_said(client, edition, parametres, dit):
    reponse = client.get(f"/carte/territoires.geojson?{parametres}")
    assert reponse.status_code == 404
    assert dit in reponse.content.decode().replace("\u202f", " ")


def test_the_page_of_the_data_names_every_file_and_every_column(client, edition):
    page = client.get("/donnees/carte/").content.decode()
    for fichier in FICHIERS:
        assert f"/carte/2023-11/{fichier}" in page
    entite = lire_json(client, "/carte/territoires.geojson")["features"][0]
    ligne = client.get("/carte/compositions.csv").content.decode().splitlines()[0]
    for nom in [*entite["properties"], *ligne.split(",")]:
        assert nom in page, nom
    assert "/donnees/carte/" in client.get("/donnees/").content.decode()
    assert "/donnees/carte/" in client.get("/aide/").content.decode()  # the foot of any page
