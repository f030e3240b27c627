"""Geography: read by every agent, kept by the délégation."""

from territoires.permissions import reference

reference(
    "territoires.region",
    "territoires.departement",
    "territoires.intercommunalite",
    "territoires.commune",
    "territoires.localite",
    "territoires.contour",
)
