"""The projections, held to the points that define them."""

import numpy as np
import pytest

from territoires.carte.dessin.projection import lambert93, utm


def test_lambert93_origin_is_where_the_law_puts_it():
    assert lambert93(np.array([[3, 46.5]]))[0] == pytest.approx([700_000, 6_600_000], abs=0.01)


@pytest.mark.parametrize(
    ("zone", "sud", "point"), [(20, False, (500_000, 0)), (40, True, (500_000, 10_000_000))]
)
def test_utm_origin_is_the_central_meridian_on_the_equator(zone, sud, point):
    longitude = 6 * zone - 183
    assert utm(zone, sud)(np.array([[longitude, 0]]))[0] == pytest.approx(point, abs=0.01)
