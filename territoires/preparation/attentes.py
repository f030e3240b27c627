"""What still waits when an edition is about to be published, in sentences.

The other apps tell theirs when they are ready: this one knows nothing of the demandes.
"""

from territoires.editions.comparaison import Comparaison

_SOURCES = []


def inscrire(source):
    """`source(edition)` gives French sentences about what waits for this edition."""
    _SOURCES.append(source)


def attentes(edition, comparaison=None):
    """[sentence] of what nobody has decided yet; publishing does not wait for it."""
    phrases = [phrase for source in _SOURCES for phrase in source(edition)]
    precedente = edition.precedente()
    if precedente:
        comparaison = comparaison or Comparaison(precedente, edition)
        nombre = len(comparaison.proposees)
        if nombre:
            phrases.append(
                f"{nombre} filiation{'s' * (nombre > 1)} à confirmer : la page publique les "
                "donne comme proposées jusque-là."
            )
    return phrases
