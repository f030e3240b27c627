"""The geometry of a map, ready to be written as SVG: frame, insets, one path a périmètre.

A plan is drawn once and kept in the cache under the last outline written, so that a new outline
is drawn at once.
"""

from dataclasses import dataclass, field

from django.core.cache import caches
from shapely.geometry import shape

from territoires.carte.dessin.simplification import simplifier
from territoires.carte.dessin.trace_svg import (
    CADRE,
    ILE_DE_FRANCE,
    OUTRE_MER,
    chemin,
    encart_ajuste,
    encart_de,
    milieu,
)
from territoires.carte.requetes import repere_des_traces
from territoires.editions.models import Trace
from territoires.geographie.models import Contour

# Degrees: the side of the largest triangle that is left out. Two units of the drawing, where a
# unit is 1,160 m and where it is 400 to 620 m: a pixel and a half on a wide screen.
TOLERANCE, TOLERANCE_FINE = 0.02, 0.008


@dataclass
class Plan:
    """`chemins`: path data of each périmètre, by primary key; `agrandis`: those of an inset.

    `encarts` are (name, x, y, width, height), `etiquettes` (name, x, y).
    """

    cadre: str
    regions: list = field(default_factory=list)
    encarts: list = field(default_factory=list)
    regions_agrandies: list = field(default_factory=list)
    etiquettes: list = field(default_factory=list)
    chemins: dict = field(default_factory=dict)
    agrandis: dict = field(default_factory=dict)


def cadre_de(encart):
    return f"-8 -8 {encart.largeur + 16} {encart.hauteur + 16}"


def plan_du_pays(edition, repere=None):
    """The whole country, with its insets."""
    return en_cache(f"pays-{edition.pk}", edition, lambda: _dessiner_pays(edition), repere)


def plan_de_region(edition, code, repere=None):
    """One région and what touches it, at its own scale; None without its outline."""
    nom = f"region-{edition.pk}-{code}"
    return en_cache(nom, edition, lambda: _dessiner_region(edition, code), repere)


def en_cache(nom, edition, dessiner, repere=None):
    """What `dessiner` makes, kept until an outline of the edition changes."""
    repere = (repere or repere_des_traces(edition)).replace(" ", "_")
    return caches["dessins"].get_or_set(f"plan-{nom}-{repere}", dessiner, timeout=None)


def _dessiner_pays(edition):
    contours = list(Contour.objects.exclude(region=None).select_related("region"))
    fonds = {contour.region_id: shape(contour.geometrie) for contour in contours}
    touchees = _regions_touchees(edition)
    traces = {
        trace.perimetre_id: shape(trace.geometrie)
        for trace in Trace.objects.filter(perimetre__edition=edition)
    }
    encarts = [ILE_DE_FRANCE, *OUTRE_MER.values()]
    plan = Plan(CADRE, encarts=[(e.nom, e.x, e.y, e.largeur, e.hauteur) for e in encarts])
    plan.etiquettes = [
        (contour.region.nom, *milieu(fonds[contour.region_id], encart_de(contour.region_id)))
        for contour in contours
        if contour.region_id not in OUTRE_MER
    ]
    metropole, au_loin = fonds.keys() - OUTRE_MER.keys(), fonds.keys() & OUTRE_MER.keys()
    for codes, tolerance in ((metropole, TOLERANCE), (au_loin, TOLERANCE_FINE)):
        lot = {code: fonds[code] for code in sorted(codes)}
        entiers = {pk: t for pk, t in traces.items() if touchees[pk] and codes >= {*touchees[pk]}}
        regions, formes = simplifier(lot, entiers, touchees, tolerance)
        plan.regions += [chemin(forme, encart_de(code)) for code, forme in regions.items()]
        for pk, forme in formes.items():
            plan.chemins[pk] = chemin(forme, encart_de(touchees[pk][0]))
    for pk in traces.keys() - plan.chemins.keys():
        code = touchees[pk][0] if touchees[pk] else ""
        plan.chemins[pk] = chemin(traces[pk], encart_de(code))
    _agrandir(plan, fonds, traces, touchees)
    return plan


def _agrandir(plan, fonds, traces, touchees):
    """What stands in Île-de-France, once more, in its inset."""
    ici = {code: forme for code, forme in fonds.items() if code == "11"}
    dedans = {pk: trace for pk, trace in traces.items() if "11" in touchees[pk]}
    regions, formes = simplifier(ici, dedans, touchees, TOLERANCE_FINE)
    plan.regions_agrandies = [chemin(forme, ILE_DE_FRANCE) for forme in regions.values()]
    plan.agrandis = {pk: chemin(forme, ILE_DE_FRANCE) for pk, forme in formes.items()}


def _regions_touchees(edition):
    touchees = {pk: [] for pk in edition.perimetres.values_list("pk", flat=True)}
    for pk, code in edition.perimetres.exclude(regions=None).values_list("pk", "regions"):
        touchees[pk].append(code)
    return touchees


def _dessiner_region(edition, code):
    contour = Contour.objects.filter(region=code).select_related("region").first()
    if contour is None:
        return None
    encart = encart_ajuste(contour.region.nom, code, [contour.geometrie])
    traces = Trace.objects.filter(perimetre__edition=edition, perimetre__regions=code)
    return Plan(
        cadre_de(encart),
        regions=[chemin(shape(contour.geometrie), encart)],
        chemins={trace.perimetre_id: chemin(shape(trace.geometrie), encart) for trace in traces},
    )
