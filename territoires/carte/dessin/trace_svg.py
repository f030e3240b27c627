"""From GeoJSON (longitude, latitude, WGS84) to SVG path data in a plane of whole units."""

from dataclasses import dataclass

import numpy as np
from shapely.geometry import shape

from territoires.carte.dessin.projection import lambert93, utm

CADRE = "-210 0 1210 1130"
COTE_REGION = 1000  # units of the longer side of a map of one région


@dataclass(frozen=True)
class Encart:
    """Where one piece of the country is drawn: `echelle` in metres a unit.

    (`ouest`, `nord`), in projected metres, is the corner laid on (`x`, `y`); `largeur` and
    `hauteur`, in units, are those of its frame.
    """

    nom: str
    projeter: object
    ouest: float
    nord: float
    echelle: float
    x: int = 0
    y: int = 0
    largeur: int = 1000
    hauteur: int = 950

    def placer(self, points):
        est, nord = self.projeter(points).T
        x = self.x + (est - self.ouest) / self.echelle
        y = self.y + (self.nord - nord) / self.echelle
        return np.rint(np.column_stack([x, y])).astype(int)


METROPOLE = Encart("Métropole", lambert93, 90_000, 7_120_000, 1160)
ILE_DE_FRANCE = Encart("Île-de-France", lambert93, 578_000, 6_912_000, 480, -200, 540, 348, 290)
OUTRE_MER = {
    "01": Encart("Guadeloupe", utm(20), 620_000, 1_835_000, 620, -200, 970, 190, 150),
    "02": Encart("Martinique", utm(20), 675_000, 1_650_000, 480, 10, 970, 150, 150),
    "03": Encart("Guyane", utm(22), 90_000, 660_000, 3000, 180, 970, 170, 150),
    "04": Encart("La Réunion", utm(40, sud=True), 308_000, 7_695_000, 530, 370, 970, 150, 150),
    "06": Encart("Mayotte", utm(38, sud=True), 490_000, 8_605_000, 400, 540, 970, 150, 150),
}


def encart_de(region):
    """The inset where this région is drawn on the map of the country."""
    return OUTRE_MER.get(region, METROPOLE)


def encart_ajuste(nom, region, geometries, cote=COTE_REGION):
    """An inset as large as these GeoJSON geometries, for a map of that place alone."""
    projeter = encart_de(region).projeter
    bornes = np.array([shape(geometrie).bounds for geometrie in geometries])
    ouest, sud = bornes[:, :2].min(axis=0)
    est, nord = bornes[:, 2:].max(axis=0)
    coins = [(ouest, sud), (ouest, nord), (est, sud), (est, nord), ((ouest + est) / 2, nord)]
    points = projeter(np.array(coins))
    (gauche, bas), (droite, haut) = points.min(axis=0), points.max(axis=0)
    echelle = max(droite - gauche, haut - bas) / cote
    return Encart(
        nom,
        projeter,
        gauche,
        haut,
        echelle,
        largeur=round((droite - gauche) / echelle),
        hauteur=round((haut - bas) / echelle),
    )


def chemin(forme, encart):
    """Path data of a shapely geometry: integers, relative; less than a unit is left out.

    Each vertex is rounded by itself, so that neighbours keep the same border.
    """
    morceaux = []
    for polygone in getattr(forme, "geoms", [forme]):
        for anneau in [polygone.exterior, *polygone.interiors]:
            morceaux.append(_anneau(encart.placer(np.asarray(anneau.coords)[:, :2])))
    return "".join(morceaux)


def milieu(forme, encart):
    """A point inside the largest piece, in units of the drawing: where a label stands."""
    plus_grand = max(getattr(forme, "geoms", [forme]), key=lambda polygone: polygone.area)
    point = plus_grand.representative_point()
    return tuple(int(n) for n in encart.placer(np.array([[point.x, point.y]]))[0])


def _anneau(points):
    pas = np.diff(points, axis=0)
    pas = _tout_droit(pas[pas.any(axis=1)][:-1])
    if len(pas) < 2:
        return ""
    suite = " ".join(f"{x} {y}" for x, y in pas).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{suite}z"


def _tout_droit(pas):
    """These steps, one where several go on in the same direction."""
    if not len(pas):
        return pas
    avant, apres = pas[:-1], pas[1:]
    tourne = avant[:, 0] * apres[:, 1] != avant[:, 1] * apres[:, 0]
    revient = (avant * apres).sum(axis=1) < 0
    return np.add.reduceat(pas, [0, *np.flatnonzero(tourne | revient) + 1])
