"""How each région answers, axe by axe: the avis of its comité, counted by what they say."""

from collections import Counter

from django.db.models import Count

from programme.partenaires.models import Axe
from programme.pilotage.delais import REGION
from territoires.geographie.models import Region


def reponses(avis, *champs):
    """[(value of each of these fields, région, axe, sens, how many)] of these avis, in one query.

    Those that the durations count: in effect, as they were first given.
    """
    avis = avis.en_effet().filter(rectification=0).order_by()
    return avis.values_list(*champs, REGION, "fiche__axe", "sens").annotate(Count("pk"))


def ranger(comptes):
    """([(région, axe, {sens: how many})], axes by key, régions by key), by name then by axe."""
    par_place = {}
    for region, axe, sens, nombre in comptes:
        par_place.setdefault((region, axe), Counter())[sens] += nombre
    axes = Axe.objects.in_bulk({axe for _, axe in par_place} - {None})
    regions = Region.objects.in_bulk({region for region, _ in par_place})
    rangs = {axe.pk: rang for rang, axe in enumerate(sorted(axes.values(), key=_ordre))}
    places = sorted(
        par_place, key=lambda place: (regions[place[0]].recherche, rangs.get(place[1], len(rangs)))
    )
    return [(*place, par_place[place]) for place in places], axes, regions


def _ordre(axe):
    return axe.phase_id, axe.ordre, axe.pk
