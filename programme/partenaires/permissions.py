"""Phases, axes, partenaires, offers and conventions: read by every agent, written by few."""

from territoires.permissions import reference

for modele in ("phase", "datecle", "axe", "partenaire", "offredeservice", "convention"):
    reference(f"programme.{modele}")
