"""The drawings of an edition: the country, one région, one territoire among its neighbours.

Outlines are drawn once and kept in the cache; the key holds the last outline written, so
that a new one is drawn at once.
"""

from django.core.cache import cache
from django.db.models import Max
from shapely import STRtree
from shapely.geometry import shape

from territoires.dessin.trace_svg import (
    CADRE,
    ILE_DE_FRANCE,
    OUTRE_MER,
    chemin,
    encart_ajuste,
    encart_de,
    milieu,
)
from territoires.models import Contour, Perimetre, Trace

# Four tints are enough for no région to have the tint of its neighbour.
TEINTES = {
    **dict.fromkeys(("24", "44", "53", "76", "01", "06"), "a"),
    **dict.fromkeys(("28", "27", "75", "94", "02"), "b"),
    **dict.fromkeys(("11", "52", "84", "03"), "c"),
    **dict.fromkeys(("32", "93", "04"), "d"),
}


def perimetres_de(edition):
    """The périmètres of an edition by name, with what a page says of each."""
    return (
        Perimetre.objects.filter(edition=edition)
        .select_related("territoire")
        .prefetch_related("regions")
        .order_by("recherche")
    )


def teinte(perimetre):
    """The tint of the région that leads it, or of the first one it touches."""
    codes = [region.pk for region in perimetre.regions.all()]
    pilote = perimetre.territoire.region_pilote_id
    return TEINTES.get(pilote if pilote in codes or not codes else codes[0], "a")


def dessin_du_pays(edition):
    """What the template of the map needs: frame, régions, insets, périmètres with their path."""
    perimetres = list(perimetres_de(edition))
    regions, chemins = _en_cache(f"pays-{edition.pk}", edition, lambda: _dessiner_pays(edition))
    formes = []
    for perimetre in perimetres:
        if perimetre.pk in chemins:
            perimetre.teinte = teinte(perimetre)
            perimetre.chemin, perimetre.chemin_agrandi = chemins[perimetre.pk]
            formes.append(perimetre)
    return {
        "cadre": CADRE,
        "regions": regions,
        "encarts": [ILE_DE_FRANCE, *OUTRE_MER.values()],
        "formes": formes,
        "perimetres": perimetres,
    }


def _dessiner_pays(edition):
    regions = []
    for contour in Contour.objects.exclude(region=None).select_related("region"):
        encart = encart_de(contour.region_id)
        x, y = milieu(contour.geometrie, encart)
        regions.append(
            {
                "code": contour.region_id,
                "nom": contour.region.nom,
                "chemin": chemin(contour.geometrie, encart),
                "agrandi": chemin(contour.geometrie, ILE_DE_FRANCE)
                if contour.region_id == "11"
                else "",
                "etiquette": (x, y) if contour.region_id not in OUTRE_MER else None,
            }
        )
    chemins = {}
    for trace in _traces(edition):
        codes = [region.pk for region in trace.perimetre.regions.all()]
        ailleurs = encart_de(codes[0] if codes else "")
        agrandi = chemin(trace.geometrie, ILE_DE_FRANCE) if codes == ["11"] else ""
        chemins[trace.perimetre_id] = (chemin(trace.geometrie, ailleurs), agrandi)
    return regions, chemins


def dessin_de_region(edition, region):
    """The map of one région: its outline and the périmètres that touch it, at its own scale."""
    perimetres = list(perimetres_de(edition).filter(regions=region))
    contour = Contour.objects.filter(region=region).first()
    if contour is None:
        return {"perimetres": perimetres, "formes": []}

    def dessiner():
        encart = encart_ajuste(region.nom, region.pk, [contour.geometrie])
        chemins = {
            trace.perimetre_id: chemin(trace.geometrie, encart)
            for trace in Trace.objects.filter(perimetre__in=perimetres)
        }
        return _cadre(encart), chemin(contour.geometrie, encart), chemins

    cadre, fond, chemins = _en_cache(f"region-{edition.pk}-{region.pk}", edition, dessiner)
    return {
        "cadre": cadre,
        "regions": [{"code": region.pk, "nom": region.nom, "chemin": fond}],
        "formes": _formes(perimetres, chemins),
        "perimetres": perimetres,
    }


def dessin_de_territoire(perimetre):
    """A territoire among its neighbours and in its régions; None when it has no outline."""
    codes = [region.pk for region in perimetre.regions.all()]
    voisins = voisins_de(perimetre)

    def dessiner():
        fonds = [c.geometrie for c in Contour.objects.filter(region__in=codes)]
        traces = {
            trace.perimetre_id: trace.geometrie
            for trace in Trace.objects.filter(perimetre__in=[perimetre, *voisins])
        }
        if perimetre.pk not in traces:
            return None
        cadrees = fonds or list(traces.values())
        encart = encart_ajuste(perimetre.nom, codes[0] if codes else "", cadrees, cote=500)
        return (
            _cadre(encart),
            [chemin(fond, encart) for fond in fonds],
            {pk: chemin(geometrie, encart) for pk, geometrie in traces.items()},
        )

    dessin = _en_cache(f"territoire-{perimetre.pk}", perimetre.edition, dessiner)
    if dessin is None:
        return None
    cadre, fonds, chemins = dessin
    return {
        "cadre": cadre,
        "regions": [{"chemin": fond} for fond in fonds],
        "formes": _formes(voisins, chemins),
        "chemin": chemins[perimetre.pk],
        "voisins": voisins,
    }


def voisins_de(perimetre):
    """The périmètres of the same edition whose outline touches this one, by name."""

    def calculer():
        traces = list(Trace.objects.filter(perimetre__edition=perimetre.edition))
        formes = [shape(trace.geometrie) for trace in traces]
        arbre = STRtree(formes)
        return {
            trace.perimetre_id: [
                traces[rang].perimetre_id
                for rang in arbre.query(forme, predicate="intersects")
                if traces[rang] is not trace
            ]
            for trace, forme in zip(traces, formes, strict=True)
        }

    voisinages = _en_cache(f"voisins-{perimetre.edition_id}", perimetre.edition, calculer)
    return list(perimetres_de(perimetre.edition).filter(pk__in=voisinages.get(perimetre.pk, [])))


def _traces(edition):
    return (
        Trace.objects.filter(perimetre__edition=edition)
        .select_related("perimetre")
        .prefetch_related("perimetre__regions")
    )


def _formes(perimetres, chemins):
    for perimetre in perimetres:
        perimetre.teinte, perimetre.chemin = teinte(perimetre), chemins.get(perimetre.pk, "")
    return [perimetre for perimetre in perimetres if perimetre.chemin]


def _cadre(encart):
    return f"-8 -8 {encart.largeur + 16} {encart.hauteur + 16}"


def _en_cache(nom, edition, dessiner):
    derniers = Trace.objects.filter(perimetre__edition=edition).aggregate(
        trace=Max("pk"), membre=Max("perimetre__pk")
    )
    contour = Contour.objects.exclude(region=None).aggregate(dernier=Max("pk"))["dernier"]
    cle = f"dessin-{nom}-{derniers['trace']}-{derniers['membre']}-{contour}"
    return cache.get_or_set(cle, dessiner, timeout=None)
