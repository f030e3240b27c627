"""What an outline must be before it is kept: GeoJSON, valid, in degrees, longitude first."""

from django.core.exceptions import ValidationError
from shapely import is_valid_reason
from shapely.errors import ShapelyError
from shapely.geometry import shape

# The boxes (west, south, east, north) that hold France, metropolitan and overseas.
FRANCE = (
    (-6.0, 41.0, 10.0, 51.5),
    (-62.0, 14.0, -60.5, 18.5),
    (-55.0, 2.0, -51.0, 6.0),
    (55.0, -21.5, 56.0, -20.5),
    (44.5, -13.5, 45.5, -12.5),
)


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
            raise ValidationError(
                "Ces coordonnées ne sont pas des degrés : convertissez le fichier en WGS84 "
                "(EPSG:4326)."
            )
        raise ValidationError(
            f"Ce contour est hors de France (de {ouest:.2f} à {est:.2f} de longitude, "
            f"de {sud:.2f} à {nord:.2f} de latitude)."
        )
    if not forme.is_valid:
        raise ValidationError(f"Ce contour n’est pas valide : {_en_clair(forme)}.")


def _lire(geometrie):
    genre = geometrie.get("type") if isinstance(geometrie, dict) else None
    if genre not in ("Polygon", "MultiPolygon"):
        raise ValidationError(
            "Ce n’est pas un contour : un Polygon ou un MultiPolygon GeoJSON est attendu."
        )
    try:
        forme = shape(geometrie)
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as erreur:
        raise ValidationError(f"Ce GeoJSON ne se lit pas : {erreur}.") from erreur
    if forme.is_empty:
        raise ValidationError("Ce contour est vide.")
    return forme


def _dans_une_boite(ouest, sud, est, nord):
    return any(o <= ouest and s <= sud and est <= e and nord <= n for o, s, e, n in FRANCE)


def _en_clair(forme):
    raison, _, lieu = is_valid_reason(forme).partition("[")
    mots = {"Self-intersection": "il se recoupe", "Ring Self-intersection": "il se touche lui-même"}
    texte = mots.get(raison, raison)
    return f"{texte} en {lieu.rstrip(']')}" if lieu else texte
