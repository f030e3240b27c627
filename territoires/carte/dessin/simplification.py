"""Lighter outlines for a drawing where one unit is a kilometre: all borders together.

Régions are cut into their territoires and what is left of them, and the pieces simplified as one
coverage: a border shared by two of them is still the same line on both sides.
"""

from collections import defaultdict

import shapely

GRILLE = 0.0001  # degrees: the grid on which every outline stands


def simplifier(regions, traces, touchees, tolerance):
    """(régions, périmètres), simplified: mappings of the same keys to shapely geometries.

    `touchees` says which régions each périmètre touches; `tolerance` is in degrees.
    """
    morceaux, proprietaires = [], []
    for code, region in regions.items():
        dedans = {
            pk: trace
            if touchees[pk] == [code]
            else _surface(trace.intersection(region, grid_size=GRILLE))
            for pk, trace in traces.items()
            if code in touchees[pk]
        }
        reste = region
        if dedans:
            occupe = shapely.union_all(list(dedans.values()), grid_size=GRILLE)
            reste = _surface(region.difference(occupe, grid_size=GRILLE))
        for pk, morceau in [*dedans.items(), (None, reste)]:
            if not morceau.is_empty:
                morceaux.append(morceau)
                proprietaires.append((code, pk))
    par_region, par_perimetre = defaultdict(list), defaultdict(list)
    simplifies = shapely.coverage_simplify(morceaux, tolerance) if morceaux else []
    for (code, pk), morceau in zip(proprietaires, simplifies, strict=True):
        par_region[code].append(morceau)
        if pk is not None:
            par_perimetre[pk].append(morceau)
    return _recoller(par_region), _recoller(par_perimetre)


def _surface(forme):
    """The polygons of a geometry, without the points and lines of a mere contact."""
    return shapely.MultiPolygon(
        [partie for partie in shapely.get_parts(forme) if partie.geom_type == "Polygon"]
    )


def _recoller(morceaux):
    # Not the union of coverages: outlines that overlap by mistake are drawn all the same.
    return {
        cle: liste[0] if len(liste) == 1 else shapely.union_all(liste)
        for cle, liste in morceaux.items()
    }
