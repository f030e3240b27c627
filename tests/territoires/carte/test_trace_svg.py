"""Path data says an outline in as few steps as it can, and no less."""

import re

from hypothesis import example, given
from hypothesis import strategies as st
from shapely import LinearRing, LineString, Polygon, hausdorff_distance

from territoires.carte.dessin.trace_svg import chemin


class Plat:
    """An inset whose points are where they are drawn."""

    @staticmethod
    def placer(points):
        return points.astype(int)


def points_de(trace):
    x, y = 0, 0
    lus = []
    for signe, nombres in re.findall(r"([Ml])([^Mlz]*)", trace):
        entiers = [int(n) for n in re.findall(r"-?\d+", nombres)]
        for a, b in zip(entiers[::2], entiers[1::2], strict=True):
            x, y = (a, b) if signe == "M" else (x + a, y + b)
            lus.append((x, y))
    return lus


coins = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=30)


@given(coins)
@example([(0, 0), (3, 3), (1, 6), (2, 4), (3, 2)])  # crosses itself where no double stands
def test_an_outline_is_the_same_with_fewer_steps(coins):
    if len(set(coins)) < 3:
        return
    lus = points_de(chemin(Polygon(coins), Plat()))
    if not lus:  # there and back: no surface
        assert LineString(coins).length == 0 or Polygon(coins).area == 0
        return
    assert len(lus) <= len(coins)
    # Each twentieth of each side of one is on the other: both ways, but for the last digits.
    ecart = hausdorff_distance(LinearRing(lus), LinearRing(coins), densify=0.05)
    assert ecart < 1e-9
    for (a, b), (c, d), (e, f) in zip(lus, lus[1:], lus[2:], strict=False):
        tourne = (c - a) * (f - d) != (d - b) * (e - c)
        assert tourne or (c - a) * (e - c) + (d - b) * (f - d) < 0
