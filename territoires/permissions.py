"""Who may do what with geography, the map and the agents. Each docstring is the rule."""

import rules
from rules import predicate


@predicate
def est_delegation(user):
    """The délégation acts on the whole country."""
    return getattr(user, "est_delegation", False)


@predicate
def a_un_perimetre(user):
    """An agent with at least one région or intercommunalité, or of the délégation."""
    return getattr(user, "a_un_perimetre", False)


@predicate
def edition_en_preparation(user, objet=None):
    """An edition, a périmètre or a member can change only until the composition is published."""
    edition = getattr(objet, "edition", objet)
    return edition is None or not edition.est_figee


def reference(*modeles, ecrire=est_delegation):
    """Reference data: read by every agent, written by the délégation (or as `ecrire` says)."""
    for modele in modeles:
        rules.add_perm(modele.replace(".", ".view_"), a_un_perimetre)
        for verbe in ("add", "change", "delete"):
            rules.add_perm(modele.replace(".", f".{verbe}_"), ecrire)
        rules.add_perm(modele.replace(".", ".exporter_"), a_un_perimetre)
        rules.add_perm(modele.replace(".", ".importer_"), est_delegation)


reference(
    "territoires.region",
    "territoires.departement",
    "territoires.intercommunalite",
    "territoires.commune",
    "territoires.contour",
    "territoires.territoire",
    "territoires.filiation",
    "territoires.agent",
)
reference(
    "territoires.editioncarte",
    "territoires.perimetre",
    "territoires.membreperimetre",
    ecrire=est_delegation & edition_en_preparation,
)
rules.add_perm("territoires", a_un_perimetre)
