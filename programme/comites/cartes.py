"""A request to adapt a périmètre, drawn: the territoire before it and after it, in one frame."""

from dataclasses import dataclass, field

from shapely import union_all
from shapely.geometry import mapping, shape

from territoires.carte.dessin.couleurs import MOUVEMENTS
from territoires.carte.dessin.plan import cadre_de
from territoires.carte.dessin.situations import voisins_de
from territoires.carte.dessin.trace_svg import chemin, encart_ajuste
from territoires.editions.comparaison import Mouvement
from territoires.editions.models import Trace
from territoires.geographie.models import Contour, Intercommunalite

COTE = 480  # units of the longer side
PAPIER = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{cadre}"><defs>'
    '<pattern id="{motif}" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<path fill="{nuance.teinte}" d="M0 0h8v8h-8z"/>'
    '<path stroke="{nuance.encre}" stroke-width="1.2" fill="none" d="{nuance.motif}"/>'
    '</pattern></defs><path fill="#e3e3e3" stroke="#ffffff" d="{voisins}"/>'
    '<path fill="#000091" stroke="#ffffff" stroke-width="1.5" d="{dessin.territoire}"/>'
    '<path fill="url(#{motif})" stroke="#161616" stroke-width="1.5" d="{dessin.mouvement}"/></svg>'
)


@dataclass(frozen=True)
class Dessin:
    """One of the two maps: what stays in the territoire, and what comes or goes."""

    titre: str
    territoire: str  # path data, as the two that follow
    mouvement: str
    nuance: object
    legende: str


@dataclass(frozen=True)
class Cartes:
    """The two maps; `sans_contour` are the members that nobody can draw."""

    nom: str
    cadre: str
    voisins: str
    avant: Dessin
    apres: Dessin
    sans_contour: list = field(default_factory=list)

    @property
    def dessins(self):
        return [self.avant, self.apres]

    def figures(self, nom):
        """[{title, legend, SVG with its colours in it}] for paper, which has no style sheet.

        `nom` tells this request from the others of the same page.
        """
        return [
            {
                "titre": dessin.titre,
                "legende": f"Hachuré : ce qui {dessin.legende}." if dessin.mouvement else "",
                "svg": PAPIER.format(
                    cadre=self.cadre,
                    motif=f"{nom}-{dessin.nuance.cle}",
                    voisins=self.voisins,
                    nuance=dessin.nuance,
                    dessin=dessin,
                ),
            }
            for dessin in self.dessins
        ]


def cartes(perimetre, ajouts, retraits):
    """Cartes of these moves; None when the territoire has no outline or nothing drawn moves."""
    trace = Trace.objects.filter(perimetre=perimetre.pk).first()
    contours = _contours([*ajouts, *retraits])
    entrent, sortent = (
        [contours[_cle(membre)] for membre in membres if _cle(membre) in contours]
        for membres in (ajouts, retraits)
    )
    if trace is None or not (entrent or sortent):
        return None
    present = shape(trace.geometrie)
    venus, partis = union_all(entrent), union_all(sortent).intersection(present)
    regions = [region.pk for region in perimetre.regions.all()]
    encart = encart_ajuste(
        perimetre.nom,
        regions[0] if regions else "",
        [mapping(union_all([present, venus]).buffer(0.05))],
        cote=COTE,
    )
    voisins = Trace.objects.filter(perimetre__in=voisins_de(perimetre))
    return Cartes(
        nom=perimetre.nom,
        cadre=cadre_de(encart),
        voisins="".join(chemin(shape(voisin.geometrie), encart) for voisin in voisins),
        avant=Dessin(
            "Avant",
            chemin(present, encart),
            _chemin(partis, encart),
            MOUVEMENTS[Mouvement.REDUIT],
            "partirait",
        ),
        apres=Dessin(
            "Après",
            _chemin(present.difference(partis), encart),
            _chemin(venus, encart),
            MOUVEMENTS[Mouvement.ENTRE],
            "entrerait",
        ),
        sans_contour=[m for m in [*ajouts, *retraits] if _cle(m) not in contours],
    )


def _cle(membre):
    return "intercommunalite" if isinstance(membre, Intercommunalite) else "commune", membre.pk


def _contours(membres):
    """{what tells a member: its outline} of those that have one."""
    cles = [_cle(membre) for membre in membres]
    return {
        (cible, getattr(contour, f"{cible}_id")): shape(contour.geometrie)
        for cible in ("intercommunalite", "commune")
        for contour in Contour.objects.filter(
            **{f"{cible}__in": [cle for voulue, cle in cles if voulue == cible]}
        )
    }


def _chemin(forme, encart):
    """Path data of the surfaces of a geometry: lines and points left by a cut are nothing."""
    surfaces = [g for g in getattr(forme, "geoms", [forme]) if g.geom_type == "Polygon"]
    return "".join(chemin(surface, encart) for surface in surfaces if not surface.is_empty)
