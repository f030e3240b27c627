"""The drawing of a territoire among its neighbours, for its own page."""

from shapely import STRtree
from shapely.geometry import shape

from territoires.carte.dessin.plan import cadre_de, en_cache
from territoires.carte.dessin.trace_svg import chemin, encart_ajuste
from territoires.ecrites import ecrite
from territoires.editions.models import Perimetre, Trace
from territoires.geographie.models import Contour

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{cadre}">'
    '<g fill="#f6f6f6" stroke="#929292" stroke-width="1">{regions}</g>'
    '<g fill="#e3e3fd" stroke="#6a6af4" stroke-width=".8">{voisins}</g>'
    '<path fill="#000091" stroke="#ffffff" stroke-width="1" d="{ici}"/></svg>'
)


def dessin_de_territoire(perimetre):
    """A territoire among its neighbours and in its régions; None when it has no outline."""
    codes = [region.pk for region in perimetre.regions_par_nom]
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
            cadre_de(encart),
            [chemin(shape(fond), encart) for fond in fonds],
            {pk: chemin(shape(geo), encart) for pk, geo in traces.items()},
        )

    dessin = en_cache(f"territoire-{perimetre.pk}", perimetre.edition, dessiner)
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


def svg_de_territoire(dessin):
    """The drawing of the page, with its colours in it: paper and pictures have no style sheet."""

    def traces(formes):
        return "".join(f'<path d="{chemin}"/>' for chemin in formes)

    return SVG.format(
        cadre=dessin["cadre"],
        regions=traces(region["chemin"] for region in dessin["regions"]),
        voisins=traces(voisin.chemin for voisin in dessin["formes"]),
        ici=dessin["chemin"],
    )


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

    voisinages = en_cache(f"voisins-{perimetre.edition_id}", perimetre.edition, calculer)
    return _par_nom(voisinages.get(perimetre.pk, []))


@ecrite
def _par_nom(cles):
    perimetres = Perimetre.objects.filter(pk__in=cles).select_related("territoire")
    return perimetres.order_by("recherche")


def _formes(perimetres, chemins):
    for perimetre in perimetres:
        perimetre.chemin = chemins.get(perimetre.pk, "")
    return [perimetre for perimetre in perimetres if perimetre.chemin]
