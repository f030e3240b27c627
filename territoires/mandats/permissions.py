"""Who may do what with the mandats. Each docstring is the rule."""

import rules
from rules import predicate

from territoires.editions.models import Territoire
from territoires.permissions import est_delegation


@predicate
def ecrit_des_mandats(user):
    """Agents of an intercommunalité or of a région, and the délégation."""
    tenus = ("est_delegation", "codes_regions", "sirens")
    return any(getattr(user, nom, False) for nom in tenus)


@predicate
def mandat_de_son_territoire(user, objet=None):
    """The mandat, or the territoire itself, is one for which the agent works."""
    if objet is None:
        return True
    territoire = objet.pk if isinstance(objet, Territoire) else objet.territoire_id
    return Territoire.objects.du_perimetre(user).filter(pk=territoire).exists()


tient_le_mandat = ecrit_des_mandats & mandat_de_son_territoire
for verbe in ("view", "add", "change"):
    rules.add_perm(f"territoires.{verbe}_mandat", tient_le_mandat)
# One ends, it does not vanish: only a row entered by mistake does.
rules.add_perm("territoires.delete_mandat", est_delegation)
rules.add_perm("territoires.exporter_mandat", ecrit_des_mandats)
rules.add_perm("territoires.importer_mandat", est_delegation)
