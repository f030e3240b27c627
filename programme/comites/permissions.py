"""Who may do what with comités, séances, avis and requests to adapt a périmètre."""

import rules
from rules import predicate

from territoires.editions.models import Territoire
from territoires.permissions import est_delegation


@predicate
def agit_pour_une_region(user):
    """Agents of a région, and the délégation."""
    return bool(getattr(user, "est_delegation", False) or getattr(user, "codes_regions", ()))


@predicate
def du_comite(user, objet=None):
    """The comité, séance or avis belongs to one of the agent's régions."""
    if objet is None or getattr(user, "est_delegation", False):
        return True
    seance = getattr(objet, "seance", objet)
    comite = getattr(seance, "comite", seance)
    return comite.region_id in getattr(user, "codes_regions", ())


@predicate
def demande_de_son_perimetre(user, demande=None):
    """The périmètre to adapt is that of a territoire for which the agent works."""
    if demande is None:
        return getattr(user, "ecrit_pour_un_territoire", False)
    territoire = demande.perimetre.territoire_id
    return Territoire.objects.du_perimetre(user).filter(pk=territoire).exists()


@predicate
def demande_ouverte(user, demande=None):
    """A request that a comité answered is on record."""
    return demande is None or demande.etat == demande.Etat.DEPOSEE


# The comité itself is reference data; its members and séances are its région's work.
for modele in ("comitedepilotage", "seance", "avis"):
    rules.add_perm(f"programme.view_{modele}", agit_pour_une_region & du_comite)
    rules.add_perm(f"programme.exporter_{modele}", agit_pour_une_region)
    rules.add_perm(f"programme.importer_{modele}", est_delegation)
rules.add_perm("programme.change_comitedepilotage", agit_pour_une_region & du_comite)
for verbe in ("add", "delete"):
    rules.add_perm(f"programme.{verbe}_comitedepilotage", est_delegation)
for verbe in ("add", "change", "delete"):
    rules.add_perm(f"programme.{verbe}_seance", agit_pour_une_region & du_comite)
rules.add_perm("programme.rendre_avis", agit_pour_une_region & du_comite)


@predicate
def travaille_pour_un_territoire(user):
    """Who only reads of territoires, for the État or an opérateur, asks to adapt none."""
    return getattr(user, "ecrit_pour_un_territoire", False)


lit_la_demande = travaille_pour_un_territoire & demande_de_son_perimetre
rules.add_perm("programme.view_demandeperimetre", lit_la_demande)
rules.add_perm("programme.add_demandeperimetre", travaille_pour_un_territoire)
rules.add_perm("programme.exporter_demandeperimetre", travaille_pour_un_territoire)
rules.add_perm("programme.importer_demandeperimetre", est_delegation)
for verbe in ("change", "delete"):
    rules.add_perm(f"programme.{verbe}_demandeperimetre", lit_la_demande & demande_ouverte)
