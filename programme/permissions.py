"""Who may do what with comités, conventions, contrats, fiches and pratiques."""

import rules
from rules import predicate

from programme.models import FicheAction
from territoires.models import Territoire
from territoires.permissions import a_un_perimetre, est_delegation, reference

REFERENCE = ("phase", "axe", "partenaire", "offredeservice", "convention")


@predicate
def travaille_avec_fiches(user):
    """Every agent with a perimeter may write fiches, of its own territoires."""
    return getattr(user, "a_un_perimetre", False)


@predicate
def fiche_de_son_perimetre(user, fiche=None):
    """The fiche's territoire is one of those for which the agent works."""
    if fiche is None:
        return getattr(user, "a_un_perimetre", False)
    # A page asks this of one fiche for each of its buttons and rows: the answer stays with it.
    connus = fiche.__dict__.setdefault("_perimetres_connus", {})
    cle = (user.pk, fiche.territoire_id)
    if cle not in connus:
        siens = Territoire.objects.du_perimetre(user)
        connus[cle] = siens.filter(pk=fiche.territoire_id).exists()
    return connus[cle]


@predicate
def fiche_modifiable(user, fiche=None):
    """A fiche is written as a brouillon, and again when a comité sent it back."""
    return fiche is None or fiche.est_modifiable


@predicate
def fiche_jamais_transmise(user, fiche=None):
    """What went up once stays on record."""
    return fiche is None or (
        fiche.etat == FicheAction.Etat.BROUILLON and not fiche.dernier_envoi_id
    )


@predicate
def fiche_en_suivi(user, fiche=None):
    """Progress and measures are entered once the fiche is decided, until it ends."""
    return fiche is not None and fiche.etat in (FicheAction.Etat.VALIDEE, FicheAction.Etat.ENGAGEE)


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
def contrat_de_son_perimetre(user, contrat=None):
    """The contrat's territoire is one of those for which the agent works."""
    if contrat is None:
        return getattr(user, "a_un_perimetre", False)
    return Territoire.objects.du_perimetre(user).filter(pk=contrat.territoire_id).exists()


@predicate
def demande_de_son_perimetre(user, demande=None):
    """The périmètre to adapt is that of a territoire for which the agent works."""
    if demande is None:
        return getattr(user, "a_un_perimetre", False)
    territoire = demande.perimetre.territoire_id
    return Territoire.objects.du_perimetre(user).filter(pk=territoire).exists()


@predicate
def demande_ouverte(user, demande=None):
    """A request that a comité answered is on record."""
    return demande is None or demande.etat == demande.Etat.DEPOSEE


reference(*(f"programme.{nom}" for nom in REFERENCE))
# Read by all; its file names fiches that may still be drafts elsewhere: taken by the délégation.
rules.add_perm("programme.view_bonnepratique", a_un_perimetre)
for verbe in ("add", "change", "delete", "exporter", "importer"):
    rules.add_perm(f"programme.{verbe}_bonnepratique", est_delegation)

lit_la_fiche = travaille_avec_fiches & fiche_de_son_perimetre
rules.add_perm("programme.view_ficheaction", lit_la_fiche)
rules.add_perm("programme.add_ficheaction", travaille_avec_fiches)
rules.add_perm("programme.change_ficheaction", lit_la_fiche & fiche_modifiable)
rules.add_perm("programme.suivre_ficheaction", lit_la_fiche & fiche_en_suivi)
rules.add_perm("programme.delete_ficheaction", lit_la_fiche & fiche_jamais_transmise)
rules.add_perm("programme.faire_avancer", lit_la_fiche)
rules.add_perm("programme.repondre_ficheaction", est_delegation)
rules.add_perm("programme.exporter_ficheaction", travaille_avec_fiches)
rules.add_perm("programme.importer_ficheaction", est_delegation)

rules.add_perm("programme.view_contrat", a_un_perimetre & contrat_de_son_perimetre)
rules.add_perm("programme.exporter_contrat", a_un_perimetre)
for verbe in ("add", "change", "delete", "importer"):
    rules.add_perm(f"programme.{verbe}_contrat", est_delegation)

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

lit_la_demande = a_un_perimetre & demande_de_son_perimetre
rules.add_perm("programme.view_demandeperimetre", lit_la_demande)
rules.add_perm("programme.add_demandeperimetre", a_un_perimetre)
rules.add_perm("programme.exporter_demandeperimetre", a_un_perimetre)
rules.add_perm("programme.importer_demandeperimetre", est_delegation)
for verbe in ("change", "delete"):
    rules.add_perm(f"programme.{verbe}_demandeperimetre", lit_la_demande & demande_ouverte)

rules.add_perm("programme.dire_utile", a_un_perimetre)
rules.add_perm("programme", a_un_perimetre)
