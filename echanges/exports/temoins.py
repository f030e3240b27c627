"""Who is told of a file before it leaves: the rooms above register themselves."""

_TEMOINS = []


def inscrire(temoin):
    """`temoin(request, titre, rangees, filtre)` answers instead of the file, or lets it go."""
    _TEMOINS.append(temoin)


def prevenir(request, titre, rangees, filtre):
    """The first answer that stands in the way of this file; None when it may leave."""
    for temoin in _TEMOINS:
        if reponse := temoin(request, titre, rangees, filtre):
            return reponse
    return None
