"""What follows from the members of a périmètre: its régions, its population, its outline."""

from collections import Counter, defaultdict

import shapely
from django.db import transaction
from django.db.models import F, Q
from shapely.geometry import mapping, shape

from territoires.editions.models import EditionCarte, MembrePerimetre, Perimetre, Trace
from territoires.geographie.models import Commune, Contour


@transaction.atomic
def calculer(perimetres, progression=iter):
    """Write régions, population and outline of these périmètres from their present members.

    `progression` wraps the loop over the outlines, for a progress bar.
    """
    perimetres = list(perimetres)
    regions, populations = _regions_et_populations(perimetres)
    Lien = Perimetre.regions.through
    Lien.objects.filter(perimetre__in=perimetres).delete()
    Lien.objects.bulk_create(
        Lien(perimetre_id=perimetre, region_id=region)
        for perimetre, codes in regions.items()
        for region in sorted(codes)
    )
    for perimetre in perimetres:
        perimetre.population = populations.get(perimetre.pk)
    Perimetre.objects.bulk_update(perimetres, ["population"], batch_size=500)
    _tracer(perimetres, progression)


def brouillons_traces_par(contours):
    """Périmètres of editions in preparation that these outlines draw: others stay as published."""
    membres = MembrePerimetre.objects.filter(
        Q(intercommunalite__contour__in=contours) | Q(commune__contour__in=contours),
        edition__in=EditionCarte.objects.en_preparation(),
    )
    return Perimetre.objects.filter(pk__in=membres.values("perimetre"))


def _regions_et_populations(perimetres):
    regions, populations = defaultdict(set), Counter()
    voies = ("membres", "intercommunalite__membres", "ept__membres")
    vues = set()
    for voie in voies:
        lignes = Commune.objects.filter(Q(**{f"{voie}__perimetre__in": perimetres})).values_list(
            "pk", "departement__region", "population", F(f"{voie}__perimetre")
        )
        for commune, region, population, perimetre in lignes:
            if (commune, perimetre) not in vues:
                vues.add((commune, perimetre))
                regions[perimetre].add(region)
                populations[perimetre] += population or 0
    _ajouter_dissoutes(perimetres, regions, populations)
    return regions, populations


def _ajouter_dissoutes(perimetres, regions, populations):
    """A dissolved intercommunalité has lost its communes: its own département and figure count."""
    membres = MembrePerimetre.objects.filter(
        perimetre__in=perimetres, intercommunalite__dissoute_le__isnull=False
    ).values_list(
        "perimetre", "intercommunalite__departement__region", "intercommunalite__population"
    )
    for perimetre, region, population in membres:
        regions[perimetre].add(region)
        populations[perimetre] += population or 0


def _tracer(perimetres, progression):
    """Dissolve the members' outlines; borders they share are the same vertices, so no sliver."""
    contours = _contours_des_membres(perimetres)
    Trace.objects.filter(perimetre__in=perimetres).delete()
    Trace.objects.bulk_create(
        Trace(perimetre=perimetre, geometrie=_union(contours[perimetre.pk]))
        for perimetre in progression(perimetres)
        if contours.get(perimetre.pk)
    )


def _contours_des_membres(perimetres):
    contours = defaultdict(list)
    for cible in ("intercommunalite", "commune"):
        lignes = Contour.objects.filter(
            **{f"{cible}__membres__perimetre__in": perimetres}
        ).values_list(f"{cible}__membres__perimetre", "geometrie")
        for perimetre, geometrie in lignes:
            contours[perimetre].append(geometrie)
    return contours


def _union(geometries):
    """One GeoJSON geometry (longitude, latitude, WGS84, 4 decimals) from several."""
    union = shapely.union_all([shape(geometrie) for geometrie in geometries])
    return mapping(shapely.set_precision(union, 0.0001))
