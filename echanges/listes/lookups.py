"""What an address may ask of a list: what its filters offer, and nothing else."""

from django.core.exceptions import FieldDoesNotExist
from django.db.models.constants import LOOKUP_SEP

# How the filters of a list compare.
COMPARAISONS = {"exact", "in", "isnull", "isempty", "gt", "gte", "lt", "lte"}
COMPARAISONS |= {"year", "month", "day"}


def champ_demande(modele, lookup):
    """(path of the field asked about, set of the comparisons); (None, set()) without a field."""
    chemin, morceaux = [], lookup.split(LOOKUP_SEP)
    while morceaux:
        try:
            champ = modele._meta.get_field("id" if morceaux[0] == "pk" else morceaux[0])
        except FieldDoesNotExist:
            break
        # « partenaire__id » is how a filter says « partenaire ».
        if not (chemin and getattr(champ, "primary_key", False)):
            chemin.append(morceaux[0])
        morceaux = morceaux[1:]
        if not champ.is_relation:
            break
        modele = champ.related_model
    return (LOOKUP_SEP.join(chemin), set(morceaux)) if chemin else (None, set())
