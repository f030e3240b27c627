"""Small maps that say where a territoire is: its outline in the régions it touches, as SVG."""

from shapely.geometry import shape

from territoires.carte.dessin.trace_svg import chemin, encart_ajuste
from territoires.editions.models import Trace
from territoires.geographie.models import Contour

COTE = 500  # units of the longer side: a few centimetres on paper
FOND = 'fill="#e8eaf2" stroke="#6a6a6a" stroke-width="2"'
FORME = 'fill="#000091" stroke="#161616" stroke-width="2"'


def cartes(perimetres):
    """{primary key: SVG} of these périmètres, their régions being loaded; none without outline."""
    regions = {p.pk: [region.pk for region in p.regions.all()] for p in perimetres}
    traces = Trace.objects.filter(perimetre__in=list(regions))
    contours = Contour.objects.filter(region__in={pk for pks in regions.values() for pk in pks})
    fonds = {contour.region_id: shape(contour.geometrie) for contour in contours}
    return {
        trace.perimetre_id: _carte(
            shape(trace.geometrie),
            regions[trace.perimetre_id],
            [fonds[pk] for pk in regions[trace.perimetre_id] if pk in fonds],
        )
        for trace in traces
    }


def _carte(trace, regions, fonds):
    encart = encart_ajuste("", regions[0] if regions else "", [*fonds, trace], cote=COTE)
    dessins = [f'<path d="{chemin(fond, encart)}" {FOND}/>' for fond in fonds]
    dessins.append(f'<path d="{chemin(trace, encart)}" {FORME}/>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="-4 -4 {encart.largeur + 8} {encart.hauteur + 8}">{"".join(dessins)}</svg>'
    )
