"""The map as a GeoPackage: what any geographic software opens, the same as the GeoJSON."""

import sqlite3
from contextlib import closing

import pytest
from shapely import from_wkb
from shapely.geometry import shape

from tests import factories as f

pytestmark = pytest.mark.django_db
ENTETE = 40  # bytes before the WKB: 8, then an envelope of four doubles


@pytest.fixture
def ouvert(client):
    for nom in ("Val d’Ici", "Pays de l’Usine"):
        f.territoire_publie(nom=nom)
    with closing(sqlite3.connect(":memory:")) as base:
        base.row_factory = sqlite3.Row
        base.deserialize(client.get("/carte/territoires.gpkg").content)
        yield base


def test_it_says_that_it_is_one_and_where_its_outlines_are(ouvert):
    assert ouvert.execute("PRAGMA application_id").fetchone()[0] == int.from_bytes(b"GPKG")
    assert ouvert.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    (contenu,) = ouvert.execute("SELECT * FROM gpkg_contents").fetchall()
    (colonne,) = ouvert.execute("SELECT * FROM gpkg_geometry_columns").fetchall()
    assert (contenu["table_name"], contenu["data_type"]) == ("territoires", "features")
    assert (colonne["column_name"], colonne["srs_id"]) == ("geom", 4326)
    connus = {ligne["srs_id"] for ligne in ouvert.execute("SELECT * FROM gpkg_spatial_ref_sys")}
    assert {-1, 0, 4326} <= connus


def test_its_rows_are_the_features_of_the_geojson(ouvert, client):
    entites = client.get("/carte/territoires.geojson").json()["features"]
    lignes = ouvert.execute("SELECT * FROM territoires ORDER BY fid").fetchall()
    assert [ligne["territoire"] for ligne in lignes] == [e["id"] for e in entites]
    for ligne, entite in zip(lignes, entites, strict=True):
        assert bytes(ligne["geom"][:2]) == b"GP"
        forme = from_wkb(bytes(ligne["geom"][ENTETE:]))
        assert forme.geom_type == "MultiPolygon"
        assert forme.equals(shape(entite["geometry"]))
        proprietes = entite["properties"]
        assert ligne["nom"] == proprietes["nom"]
        assert ligne["population"] == proprietes["population"]
        assert ligne["regions"] == ", ".join(proprietes["regions"])
    etendue = ouvert.execute("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents").fetchone()
    bornes = [shape(e["geometry"]).bounds for e in entites]
    assert etendue[0] == min(b[0] for b in bornes)
    assert etendue[3] == max(b[3] for b in bornes)
