"""Outlines that share their borders: a partition of France, simplified once, then reassembled.

France is cut into atoms, the largest pieces that no wanted outline cuts. The borders of the atoms
are simplified together, so two neighbours keep the very same vertices, and any outline is a plain
union of atoms. Coordinates are longitude, latitude in WGS84 degrees, on a grid of `GRILLE`.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

import numpy as np
import shapely

DECIMALES = 4
GRILLE = 10.0**-DECIMALES  # degrees: about 10 m
TOLERANCE = 0.003  # degrees: square root of the area of the triangles that simplification removes
TROU_MINIMAL = 1e-6  # square degrees, about 1 ha: a smaller gap is a flaw of the source


def _sans_suivi(etape: str) -> None:
    """Report no progress."""


def partitionner(
    codes: list[str], contours: np.ndarray, suivre: Callable[[str], None] = _sans_suivi
) -> dict[str, list]:
    """Cut overlapping or badly joined polygons into faces that meet exactly.

    `codes` names each polygon of `contours` and may repeat. Returns the faces of each code, with
    every vertex on the grid. A face inside several polygons goes to the smallest code; a gap under
    `TROU_MINIMAL` goes to the neighbour with the longest common border; larger ones stay holes.
    """
    suivre("bords communs")
    bords = shapely.union_all(shapely.boundary(contours), grid_size=GRILLE)
    suivre("faces")
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(bords)))
    faces = shapely.transform(faces, lambda points: points.round(DECIMALES))
    return _attribuer(faces, codes, contours)


def _attribuer(faces: np.ndarray, codes: list[str], contours: np.ndarray) -> dict[str, list]:
    arbre = shapely.STRtree(contours)
    points, polygones = arbre.query(shapely.point_on_surface(faces), predicate="within")
    proprietaire: dict[int, str] = {}
    for face, polygone in zip(points.tolist(), polygones.tolist(), strict=True):
        code = codes[polygone]
        proprietaire[face] = min(code, proprietaire.get(face, code))
    _combler(faces, proprietaire)
    groupes = defaultdict(list)
    for face, code in sorted(proprietaire.items()):
        groupes[code].append(faces[face])
    return dict(groupes)


def _combler(faces: np.ndarray, proprietaire: dict[int, str]) -> None:
    """Give each tiny face that nobody owns to the neighbour with the longest common border."""
    arbre = shapely.STRtree(faces)
    orphelines = [
        face
        for face in range(len(faces))
        if face not in proprietaire and shapely.area(faces[face]) < TROU_MINIMAL
    ]
    for face in orphelines:
        bord = shapely.boundary(faces[face])
        voisines = [v for v in arbre.query(faces[face], "touches").tolist() if v in proprietaire]
        if voisines:
            communs = shapely.length(shapely.intersection(bord, shapely.boundary(faces[voisines])))
            proprietaire[face] = proprietaire[voisines[int(np.argmax(communs))]]


def assembler(
    faces: dict[str, list], cle_de: Callable[[str], Hashable], tolerance: float = TOLERANCE
) -> dict[Hashable, shapely.Geometry]:
    """Group the faces into atoms by the key of their code and simplify all borders together.

    Returns one valid (multi)polygon per key; together they form an exact coverage.
    """
    groupes = defaultdict(list)
    for code, morceaux in faces.items():
        groupes[cle_de(code)].extend(morceaux)
    cles = sorted(groupes, key=repr)
    atomes = [shapely.coverage_union_all(groupes[cle]) for cle in cles]
    return dict(zip(cles, shapely.coverage_simplify(atomes, tolerance), strict=True))


def unir(atomes: Iterable[shapely.Geometry]) -> shapely.Geometry:
    """The union of atoms, outer rings counterclockwise, in an order that never varies."""
    union = shapely.normalize(shapely.coverage_union_all(list(atomes)))
    polygones = shapely.get_parts(shapely.orient_polygons(union))
    return polygones[0] if len(polygones) == 1 else shapely.multipolygons(polygones)


def geojson(geometrie: shapely.Geometry) -> str:
    """Compact GeoJSON: longitude, latitude, four decimals at most."""
    # Shapely prints the shortest decimals that give back the same number.
    return shapely.to_geojson(geometrie).replace(" ", "")
