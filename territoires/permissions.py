"""What an agent may do: the rules that every subject starts from."""

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


def reference(*modeles, ecrire=est_delegation):
    """Reference data: read by every agent, written by the délégation (or as `ecrire` says)."""
    for modele in modeles:
        rules.add_perm(modele.replace(".", ".view_"), a_un_perimetre)
        for verbe in ("add", "change", "delete"):
            rules.add_perm(modele.replace(".", f".{verbe}_"), ecrire)
        rules.add_perm(modele.replace(".", ".exporter_"), a_un_perimetre)
        rules.add_perm(modele.replace(".", ".importer_"), est_delegation)


def choix(modele, user):
    """Rows of this model that a person may choose in a form: those it works for."""
    lignes = modele._default_manager.all()
    return lignes.du_perimetre(user) if hasattr(lignes, "du_perimetre") else lisibles(modele, user)


def lisibles(modele, user):
    """Rows of this model that a person may read of; what has no perimeter is read by all agents."""
    lignes = modele._default_manager.all()
    return lignes.for_user(user) if hasattr(lignes, "for_user") else lignes
