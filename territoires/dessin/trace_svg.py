"""From GeoJSON (longitude, latitude, WGS84) to SVG path data in a plane of 1000 by 1130 units."""

from dataclasses import dataclass

import numpy as np
from shapely.geometry import shape

from territoires.dessin.projection import lambert93, utm

CADRE = "0 0 1000 1130"


@dataclass(frozen=True)
class Encart:
    """Where one piece of the country is drawn: `echelle` in metres a unit.

    (`ouest`, `nord`), in projected metres, is the corner laid on (`x`, `y`).
    """

    nom: str
    projeter: object
    ouest: int
    nord: int
    echelle: int
    x: int = 0
    y: int = 0

    def placer(self, points):
        est, nord = self.projeter(points).T
        x = self.x + (est - self.ouest) / self.echelle
        y = self.y + (self.nord - nord) / self.echelle
        return np.rint(np.column_stack([x, y])).astype(int)


METROPOLE = Encart("Métropole", lambert93, 90_000, 7_120_000, 1160)
ILE_DE_FRANCE = Encart("Île-de-France", lambert93, 580_000, 6_910_000, 970)
OUTRE_MER = {
    "01": Encart("Guadeloupe", utm(20), 620_000, 1_830_000, 700, 20, 970),
    "02": Encart("Martinique", utm(20), 685_000, 1_650_000, 550, 220, 970),
    "03": Encart("Guyane", utm(22), 100_000, 650_000, 3000, 400, 970),
    "04": Encart("La Réunion", utm(40, sud=True), 310_000, 7_695_000, 600, 620, 970),
    "06": Encart("Mayotte", utm(38, sud=True), 495_000, 8_610_000, 450, 830, 970),
}


def chemin(geometrie, encart):
    """Path data: integers, relative commands; what is smaller than a unit is left out.

    Each vertex is rounded by itself, so that neighbours keep the same border.
    """
    forme = shape(geometrie)
    morceaux = []
    for polygone in getattr(forme, "geoms", [forme]):
        for anneau in [polygone.exterior, *polygone.interiors]:
            morceaux.append(_anneau(encart.placer(np.asarray(anneau.coords)[:, :2])))
    return "".join(morceaux)


def _anneau(points):
    pas = np.diff(points, axis=0)
    pas = pas[pas.any(axis=1)][:-1]
    if len(pas) < 2:
        return ""
    suite = " ".join(f"{x} {y}" for x, y in pas).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{suite}z"
