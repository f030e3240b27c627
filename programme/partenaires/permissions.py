"""Phases, axes, partenaires, offers and conventions: read by every agent, written by few."""

import rules
from rules import predicate

from territoires.permissions import est_delegation, reference


@predicate
def offre_de_son_partenaire(user, offre=None):
    """An opérateur keeps the offers of its partenaire."""
    sien = getattr(user, "opere_pour", None)
    return bool(sien) and (offre is None or offre.partenaire_id == sien)


@predicate
def engagement_de_son_partenaire(user, engagement=None):
    """An opérateur says where the engagements of its own conventions stand."""
    sien = getattr(user, "opere_pour", None)
    return bool(sien) and (engagement is None or engagement.convention.partenaire_id == sien)


for modele in ("phase", "datecle", "axe", "partenaire", "convention"):
    reference(f"programme.{modele}")
reference("programme.offredeservice", ecrire=est_delegation | offre_de_son_partenaire)
rules.add_perm("programme.dire_engagement", est_delegation | engagement_de_son_partenaire)
