"""Who may do what with the map: a published composition no longer changes."""

from rules import predicate

from territoires.permissions import est_delegation, reference


@predicate
def edition_en_preparation(user, objet=None):
    """An edition, a périmètre or a member can change only until the composition is published."""
    edition = getattr(objet, "edition", objet)
    return edition is None or not edition.est_figee


reference("territoires.territoire", "territoires.filiation")
reference(
    "territoires.editioncarte",
    "territoires.perimetre",
    "territoires.membreperimetre",
    ecrire=est_delegation & edition_en_preparation,
)
