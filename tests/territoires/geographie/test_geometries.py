"""An outline is refused in words before it can spoil a map."""

import json

import pytest
from django.core.exceptions import ValidationError

from territoires.geographie.geometries import lire_geojson, valider_contour
from territoires.geographie.models import Contour


def polygone(*points, genre="Polygon"):
    return {"type": genre, "coordinates": [[*points, points[0]]]}


CARRE = polygone((2, 47), (3, 47), (3, 48), (2, 48))


@pytest.mark.parametrize(
    "geometrie",
    [
        CARRE,
        CARRE
        | {
            "coordinates": [
                *CARRE["coordinates"],
                [[2.2, 47.2], [2.4, 47.2], [2.2, 47.4], [2.2, 47.2]],
            ]
        },
        polygone((55.3, -21.2), (55.5, -21.2), (55.5, -21.0)),
    ],
)
def test_a_polygon_of_france_passes_with_its_holes_and_overseas(geometrie):
    valider_contour(geometrie)


@pytest.mark.parametrize(
    ("geometrie", "message"),
    [
        (polygone((2, 47), (3, 48), (3, 47), (2, 48)), "il se recoupe"),
        (polygone((47, 2), (48, 2), (48, 3), (47, 3)), "sont échangées"),
        (polygone((652000, 6862000), (653000, 6862000), (653000, 6863000)), "WGS84"),
        (polygone((-100, 40), (-99, 40), (-99, 41)), "hors de France"),
        ({"type": "Point", "coordinates": [2, 47]}, "Polygon"),
        ({"type": "Polygon", "coordinates": []}, "vide"),
        ({"type": "Polygon", "coordinates": [[[2, 47], ["a", 47]]]}, "ne se lit pas"),
        ({"type": "Polygon"}, "ne se lit pas"),
        ({"type": "Polygon", "coordinates": [[[2, 47, 100]] * 4]}, "altitude"),
        ({"type": "Polygon", "coordinates": [CARRE["coordinates"][0][:-1]]}, "n’est pas fermé"),
        ({"type": "Polygon", "coordinates": [[[2, 47], [2, 47]]]}, "n’est pas fermé"),
        ({"type": "Polygon", "coordinates": [[["2", "47"]] * 4]}, "ne se lit pas"),
        ({"type": "Polygon", "coordinates": [[[2, float("nan")]] * 4]}, "ne se lit pas"),
        ({"type": "MultiPolygon", "coordinates": [CARRE["coordinates"], []]}, "ne se lit pas"),
        (polygone((2, 47), (3, 47), (2, 47)), "pas assez de points"),
        (CARRE | {"crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}}, "WGS84"),
        ({"type": "Feature", "geometry": CARRE}, "geometry"),
        (None, "Polygon"),
        ("bonjour", "Polygon"),
    ],
)
def test_a_bad_outline_says_what_is_wrong(geometrie, message):
    with pytest.raises(ValidationError, match=message):
        valider_contour(geometrie)


def test_a_row_is_refused_at_its_field():
    with pytest.raises(ValidationError) as erreur:
        Contour(geometrie={"type": "Point", "coordinates": [2, 47]}).clean()
    assert set(erreur.value.message_dict) == {"geometrie"}


ENTITE = {"type": "Feature", "properties": {}, "geometry": CARRE}


@pytest.mark.parametrize(
    "fichier", [CARRE, ENTITE, {"type": "FeatureCollection", "features": [ENTITE]}]
)
def test_a_file_gives_its_only_geometry(fichier):
    assert lire_geojson(json.dumps(fichier).encode("utf-8-sig"))["type"] == "Polygon"


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        (b"", "ne se lit pas"),
        (b"{", "ne se lit pas"),
        ("é".encode("cp1252"), "ne se lit pas"),
        (json.dumps({"type": "FeatureCollection", "features": [ENTITE] * 2}).encode(), "2 entités"),
        (json.dumps({"type": "FeatureCollection"}).encode(), "0 entités"),
        (json.dumps(ENTITE | {"crs": {"name": "EPSG:2154"}}).encode(), "WGS84"),
    ],
)
def test_a_file_that_is_no_outline_is_refused(contenu, message):
    with pytest.raises(ValidationError, match=message):
        lire_geojson(contenu)
