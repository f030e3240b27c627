"""A request to adapt a périmètre, drawn: the territoire before it and after it, in one frame."""

from dataclasses import dataclass, field

from shapely import union_all
from shapely.geometry import mapping, shape

from programme.comites.models import MouvementDemande
from territoires.carte.dessin.couleurs import MOUVEMENTS
from territoires.carte.dessin.plan import cadre_de
from territoires.carte.dessin.situations import voisins_de
from territoires.carte.dessin.trace_svg import chemin, encart_ajuste
from territoires.editions.comparaison import Mouvement
from territoires.editions.models import Trace
from territoires.geographie.models import Contour

COTE = 480  # units of the longer side
Sens = MouvementDemande.Sens


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


def cartes(demande):
    """Cartes of a request; None when its territoire has no outline or it moves nothing drawn."""
    trace = Trace.objects.filter(perimetre=demande.perimetre_id).first()
    mouvements = list(demande.mouvements.select_related("intercommunalite", "commune"))
    contours = _contours(mouvements)
    ajouts, retraits = (_formes(mouvements, contours, sens) for sens in Sens)
    if trace is None or not (ajouts or retraits):
        return None
    present = shape(trace.geometrie)
    venus, partis = union_all(ajouts), union_all(retraits).intersection(present)
    regions = [region.pk for region in demande.perimetre.regions.all()]
    encart = encart_ajuste(
        demande.perimetre.nom,
        regions[0] if regions else "",
        [mapping(union_all([present, venus]).buffer(0.05))],
        cote=COTE,
    )
    voisins = Trace.objects.filter(perimetre__in=voisins_de(demande.perimetre))
    return Cartes(
        nom=demande.perimetre.nom,
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
        sans_contour=[m.intercommunalite or m.commune for m in mouvements if m.pk not in contours],
    )


def _contours(mouvements):
    """{primary key of a move: outline of its member} of those that have one."""
    cibles = {
        "intercommunalite": {m.intercommunalite_id for m in mouvements} - {None},
        "commune": {m.commune_id for m in mouvements} - {None},
    }
    connus = {
        (cible, getattr(contour, f"{cible}_id")): shape(contour.geometrie)
        for cible, cles in cibles.items()
        for contour in Contour.objects.filter(**{f"{cible}__in": cles})
    }
    trouves = {}
    for mouvement in mouvements:
        cible = "intercommunalite" if mouvement.intercommunalite_id else "commune"
        if forme := connus.get((cible, getattr(mouvement, f"{cible}_id"))):
            trouves[mouvement.pk] = forme
    return trouves


def _formes(mouvements, contours, sens):
    return [contours[m.pk] for m in mouvements if m.sens == sens and m.pk in contours]


def _chemin(forme, encart):
    """Path data of the surfaces of a geometry: lines and points left by a cut are nothing."""
    surfaces = [g for g in getattr(forme, "geoms", [forme]) if g.geom_type == "Polygon"]
    return "".join(chemin(surface, encart) for surface in surfaces if not surface.is_empty)
