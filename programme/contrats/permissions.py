"""Who may do what with the contrats. Each docstring is the rule."""

import rules
from rules import predicate

from programme.comites.permissions import agit_pour_une_region
from programme.contrats.models import Contrat
from territoires.permissions import a_un_perimetre, est_delegation


@predicate
def contrat_de_son_perimetre(user, contrat=None):
    """The contrat's territoire is one of those for which the agent works."""
    if contrat is None:
        return getattr(user, "a_un_perimetre", False)
    return Contrat.objects.for_user(user).filter(pk=contrat.pk).exists()


@predicate
def contrat_en_preparation(user, contrat=None):
    """What was signed stays on record; a preparation begun by mistake may go."""
    return contrat is None or contrat.etat == Contrat.Etat.PREPARATION


rules.add_perm("programme.view_contrat", a_un_perimetre & contrat_de_son_perimetre)
rules.add_perm("programme.exporter_contrat", a_un_perimetre)
rules.add_perm("programme.importer_contrat", est_delegation)
# Each région that the territoire touches, and the délégation.
tient_le_contrat = agit_pour_une_region & contrat_de_son_perimetre
for verbe in ("add", "change"):
    rules.add_perm(f"programme.{verbe}_contrat", tient_le_contrat)
rules.add_perm(
    "programme.delete_contrat", est_delegation | (tient_le_contrat & contrat_en_preparation)
)
