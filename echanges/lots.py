"""Rows by the thousand, a few hundred keys at a time."""

CLES = 500  # in one query: SQLite takes at most 999 parameters on old versions


def par_lots(cles):
    """Slices of a list of keys, each small enough for one query of any database."""
    return (cles[debut : debut + CLES] for debut in range(0, len(cles), CLES))
