"""Who may do what with the contrats."""

import rules
from rules import predicate

from programme.contrats.models import Contrat
from territoires.permissions import a_un_perimetre, est_delegation


@predicate
def contrat_de_son_perimetre(user, contrat=None):
    """The contrat's territoire is one of those for which the agent works."""
    if contrat is None:
        return getattr(user, "a_un_perimetre", False)
    return Contrat.objects.for_user(user).filter(pk=contrat.pk).exists()


rules.add_perm("programme.view_contrat", a_un_perimetre & contrat_de_son_perimetre)
rules.add_perm("programme.exporter_contrat", a_un_perimetre)
for verbe in ("add", "change", "delete", "importer"):
    rules.add_perm(f"programme.{verbe}_contrat", est_delegation)
