"""Legal projections of France, from longitude and latitude (degrees) to metres, on GRS80.

Sources: J. P. Snyder, Map Projections: A Working Manual, USGS 1395, 1987 (conformal conic
p. 107-109, transverse Mercator p. 61); parameters of the decree no 2000-1276.
"""

import numpy as np

A, E2 = 6378137.0, 0.00669438002290
E = np.sqrt(E2)


def lambert93(points):
    """RGF93 / Lambert-93: an array of (longitude, latitude) to (easting, northing)."""
    lon, lat = np.radians(points).T
    lat0, lat1, lat2 = np.radians([46.5, 44, 49])

    def m(phi):
        return np.cos(phi) / np.sqrt(1 - E2 * np.sin(phi) ** 2)

    def t(phi):
        sinus = E * np.sin(phi)
        return np.tan(np.pi / 4 - phi / 2) / ((1 - sinus) / (1 + sinus)) ** (E / 2)

    n = np.log(m(lat1) / m(lat2)) / np.log(t(lat1) / t(lat2))
    facteur = A * m(lat1) / (n * t(lat1) ** n)
    rayon, angle = facteur * t(lat) ** n, n * (lon - np.radians(3))
    return np.column_stack(
        [
            700_000 + rayon * np.sin(angle),
            6_600_000 + facteur * t(lat0) ** n - rayon * np.cos(angle),
        ]
    )


def utm(zone, sud=False):
    """The projection of this UTM zone, as a function like `lambert93`."""

    def projeter(points):
        lon, lat = np.radians(points).T
        ep2 = E2 / (1 - E2)
        n = A / np.sqrt(1 - E2 * np.sin(lat) ** 2)
        t, c = np.tan(lat) ** 2, ep2 * np.cos(lat) ** 2
        a = (lon - np.radians(6 * zone - 183)) * np.cos(lat)
        x = a + (1 - t + c) * a**3 / 6 + (5 - 18 * t + t**2 + 72 * c - 58 * ep2) * a**5 / 120
        y = _meridien(lat) + n * np.tan(lat) * (
            a**2 / 2
            + (5 - t + 9 * c + 4 * c**2) * a**4 / 24
            + (61 - 58 * t + t**2 + 600 * c - 330 * ep2) * a**6 / 720
        )
        return np.column_stack([500_000 + 0.9996 * n * x, 0.9996 * y + (10_000_000 if sud else 0)])

    return projeter


def _meridien(lat):
    """Length of the meridian from the equator, in metres (Snyder 3-21)."""
    e4, e6 = E2**2, E2**3
    return A * (
        (1 - E2 / 4 - 3 * e4 / 64 - 5 * e6 / 256) * lat
        - (3 * E2 / 8 + 3 * e4 / 32 + 45 * e6 / 1024) * np.sin(2 * lat)
        + (15 * e4 / 256 + 45 * e6 / 1024) * np.sin(4 * lat)
        - (35 * e6 / 3072) * np.sin(6 * lat)
    )
