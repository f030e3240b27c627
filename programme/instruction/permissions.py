"""Who does what while a fiche is examined. Each docstring is the rule."""

import rules
from rules import predicate

from programme.fiches.permissions import du_territoire, fiche_a_lire, fiche_de_son_perimetre
from territoires.permissions import a_un_perimetre, est_delegation


@predicate
def examine(user):
    """A région examines the fiches of its territoires, the État those of its area."""
    etat = getattr(user, "aire_de_l_etat", None)
    return bool(est_delegation(user) or getattr(user, "codes_regions", ()) or etat)


@predicate
def region_de_la_fiche(user, fiche=None):
    """The agents of a région that the territoire touches hold its working papers."""
    if fiche is None or not getattr(user, "codes_regions", ()):
        return bool(getattr(user, "codes_regions", ()))
    return fiche_de_son_perimetre(user, fiche) and fiche_a_lire(user, fiche)


@predicate
def point_de_sa_region(user, point=None):
    """The checklist of a comité is its région's."""
    if point is None or est_delegation(user):
        return True
    return point.region_id in getattr(user, "codes_regions", ())


@predicate
def travaille_au_comite(user):
    """Agents of a région, and the délégation."""
    return bool(est_delegation(user) or getattr(user, "codes_regions", ()))


lit = a_un_perimetre & fiche_a_lire
rules.add_perm("programme.examiner_ficheaction", lit & examine)
rules.add_perm("programme.converser_ficheaction", lit)
rules.add_perm("programme.repondre_complement", fiche_de_son_perimetre & du_territoire)
rules.add_perm("programme.tenir_l_instruction", region_de_la_fiche)
for modele in ("avistechnique", "demandecomplement"):
    # They are written on the page of the fiche, never by hand in a list.
    rules.add_perm(f"programme.view_{modele}", a_un_perimetre)
rules.add_perm("programme.view_pointdecontrole", travaille_au_comite & point_de_sa_region)
rules.add_perm("programme.exporter_pointdecontrole", travaille_au_comite)
rules.add_perm("programme.importer_pointdecontrole", est_delegation)
for verbe in ("add", "change", "delete"):
    rules.add_perm(f"programme.{verbe}_pointdecontrole", travaille_au_comite & point_de_sa_region)
