"""The map as a GeoPackage (OGC 12-128r19): one table that any geographic software opens."""

import sqlite3
import struct
from contextlib import closing

from shapely.geometry import MultiPolygon, shape

TABLE = "territoires"
WGS84 = 4326
ENTETE = struct.Struct("<2sBBi4d")  # magic, version, flags, reference system, envelope
AVEC_ENVELOPPE = 0b00000011  # little endian, and an envelope in two dimensions
TYPES = {bool: "BOOLEAN", int: "INTEGER"}
WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)
TABLES = """
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE,
  max_x DOUBLE, max_y DOUBLE, srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name), column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
  m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
"""
REFERENTIELS = [
    ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", None),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
    ("WGS 84 geodetic", WGS84, "EPSG", WGS84, WKT, "longitude, latitude"),
]


def geopaquet(collection):
    """Bytes of the file, from the GeoJSON of an edition: WGS84, longitude first."""
    entites = collection["features"]
    formes = [_multiple(shape(entite["geometry"])) for entite in entites]
    colonnes = _colonnes(entites)
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(TABLES)
        definitions = "".join(f', "{nom}" {genre}' for nom, genre in colonnes.items())
        base.execute(
            f"CREATE TABLE {TABLE} (fid INTEGER PRIMARY KEY, geom MULTIPOLYGON{definitions})"
        )
        _remplir(base, "gpkg_spatial_ref_sys", REFERENTIELS)
        _remplir(base, "gpkg_contents", [_contenu(collection, formes)])
        geometrie = (TABLE, "geom", "MULTIPOLYGON", WGS84, 0, 0)
        _remplir(base, "gpkg_geometry_columns", [geometrie])
        lignes = [
            (fid, _binaire(forme), *map(_cellule, entite["properties"].values()))
            for fid, (entite, forme) in enumerate(zip(entites, formes, strict=True), 1)
        ]
        _remplir(base, TABLE, lignes)
        base.commit()
        return base.serialize()


def _remplir(base, table, lignes):
    for ligne in lignes:
        base.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(ligne))})", ligne)


def _colonnes(entites):
    """{name: SQL type} of the properties: what is neither a number nor a choice is text."""
    return {
        nom: next((TYPES[type(v)] for v in valeurs if type(v) in TYPES), "TEXT")
        for nom in (entites[0]["properties"] if entites else ())
        for valeurs in [[entite["properties"][nom] for entite in entites]]
    }


def _cellule(valeur):
    return ", ".join(map(str, valeur)) if isinstance(valeur, list | tuple) else valeur


def _contenu(collection, formes):
    bornes = [forme.bounds for forme in formes]
    etendue = (
        *(min((b[rang] for b in bornes), default=None) for rang in (0, 1)),
        *(max((b[rang] for b in bornes), default=None) for rang in (2, 3)),
    )
    titre = f"Territoires d’industrie, édition {collection['edition']}"
    mentions = f"{collection['source']} {collection['licence']}".strip()
    date = f"{collection['publiee_le']}T00:00:00.000Z"
    return (TABLE, "features", titre, mentions, date, *etendue, WGS84)


def _multiple(forme):
    return forme if isinstance(forme, MultiPolygon) else MultiPolygon([forme])


def _binaire(forme):
    """The header that the norm wants before the WKB, with the envelope as x, x, y, y."""
    gauche, bas, droite, haut = forme.bounds
    tete = ENTETE.pack(b"GP", 0, AVEC_ENVELOPPE, WGS84, gauche, droite, bas, haut)
    return tete + forme.wkb
