"""What an outline must be before it is kept: GeoJSON, valid, in degrees, longitude first."""

import json
from math import isfinite

from django.core.exceptions import ValidationError
from shapely import is_valid_reason
from shapely.geometry import shape

# The boxes (west, south, east, north) that hold France, metropolitan and overseas.
FRANCE = (
    (-6.0, 41.0, 10.0, 51.5),
    (-62.0, 14.0, -60.5, 18.5),
    (-55.0, 2.0, -51.0, 6.0),
    (55.0, -21.5, 56.0, -20.5),
    (44.5, -13.5, 45.5, -12.5),
)

PAS_WGS84 = "Ces coordonnées ne sont pas des degrés WGS84 : convertissez le contour (EPSG:4326)."
ILLISIBLE = (
    "Ce GeoJSON ne se lit pas : chaque anneau est une liste de points [longitude, latitude]."
)
DEFAUTS = {
    "Self-intersection": "il se recoupe",
    "Ring Self-intersection": "il se touche lui-même",
    "Too few points in geometry component": "un anneau n’a pas assez de points différents",
    "Hole lies outside shell": "un trou est hors du contour",
    "Holes are nested": "un trou est dans un autre trou",
    "Nested shells": "un polygone en contient un autre",
    "Duplicate Rings": "un anneau est répété",
    "Interior is disconnected": "un trou coupe le contour en deux",
}


def valider_contour(geometrie):
    """ValidationError, in French, for what is not a polygon of France in WGS84 degrees."""
    forme = _lire(geometrie)
    ouest, sud, est, nord = forme.bounds
    if not _dans_une_boite(ouest, sud, est, nord):
        if _dans_une_boite(sud, ouest, nord, est):
            raise ValidationError(
                "La latitude et la longitude sont échangées : la longitude vient d’abord."
            )
        if max(map(abs, forme.bounds)) > 180:
            raise ValidationError(PAS_WGS84)
        raise ValidationError(
            f"Ce contour est hors de France (de {ouest:.2f} à {est:.2f} de longitude, "
            f"de {sud:.2f} à {nord:.2f} de latitude)."
        )
    if not forme.is_valid:
        raise ValidationError(f"Ce contour n’est pas valide : {_en_clair(forme)}.")


def lire_geojson(contenu):
    """The geometry of the bytes of a GeoJSON file: bare, or that of its only entity.

    ValidationError, in French; the outline itself is judged by `valider_contour`.
    """
    try:
        objet = json.loads(contenu.decode("utf-8-sig"))
    except (ValueError, RecursionError) as erreur:
        raise ValidationError("Ce fichier n’est pas du GeoJSON : il ne se lit pas.") from erreur
    if isinstance(objet, dict) and "crs" in objet and not _est_wgs84(objet["crs"]):
        raise ValidationError(PAS_WGS84)
    if isinstance(objet, dict) and objet.get("type") == "FeatureCollection":
        entites = objet.get("features")
        nombre = len(entites) if isinstance(entites, list) else 0
        if nombre != 1:
            raise ValidationError(
                f"Ce fichier contient {nombre} entités : un seul contour est attendu."
            )
        objet = entites[0]
    if isinstance(objet, dict) and objet.get("type") == "Feature":
        objet = objet.get("geometry")
    return objet


def _est_wgs84(crs):
    return any(nom in str(crs) for nom in ("CRS84", "EPSG::4326", "EPSG:4326"))


def _lire(geometrie):
    genre = geometrie.get("type") if isinstance(geometrie, dict) else None
    if genre in ("Feature", "FeatureCollection"):
        raise ValidationError(
            f"C’est un {genre} : donnez seulement la partie « geometry » de son contour."
        )
    if genre not in ("Polygon", "MultiPolygon"):
        raise ValidationError(
            "Ce n’est pas un contour : un Polygon ou un MultiPolygon GeoJSON est attendu."
        )
    if "crs" in geometrie and not _est_wgs84(geometrie["crs"]):
        raise ValidationError(PAS_WGS84)
    coordonnees = geometrie.get("coordinates")
    if coordonnees == []:
        raise ValidationError("Ce contour est vide.")
    _verifier_anneaux([coordonnees] if genre == "Polygon" else coordonnees)
    return shape(geometrie)


def _verifier_anneaux(polygones):
    """Closed rings of points of two numbers, as GeoJSON wants them (source: RFC 7946, 3.1)."""
    if not _est_liste(polygones) or not all(_est_liste(p) and p for p in polygones):
        raise ValidationError(ILLISIBLE)
    for anneau in (anneau for polygone in polygones for anneau in polygone):
        if not _est_liste(anneau) or not all(_est_liste(point) for point in anneau):
            raise ValidationError(ILLISIBLE)
        if any(len(point) == 3 for point in anneau):
            raise ValidationError(
                "Ces points ont une altitude : enregistrez le contour en deux dimensions."
            )
        if not all(len(point) == 2 and all(map(_est_nombre, point)) for point in anneau):
            raise ValidationError(ILLISIBLE)
        if len(anneau) < 4 or anneau[0] != anneau[-1]:
            raise ValidationError(
                "Un anneau de ce contour n’est pas fermé : il a au moins quatre points, et le "
                "dernier répète le premier."
            )


def _est_liste(objet):
    return isinstance(objet, (list, tuple))


def _est_nombre(valeur):
    return isinstance(valeur, (int, float)) and isfinite(valeur)


def _dans_une_boite(ouest, sud, est, nord):
    return any(o <= ouest and s <= sud and est <= e and nord <= n for o, s, e, n in FRANCE)


def _en_clair(forme):
    raison, _, lieu = is_valid_reason(forme).partition("[")
    texte = DEFAUTS.get(raison, "sa forme est impossible")
    return f"{texte}, au point {lieu.rstrip(']')}" if lieu else texte
