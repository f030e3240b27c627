"""Who may do what with the fiches actions. Each docstring is the rule."""

import rules
from rules import predicate

from programme.fiches.models import FicheAction
from territoires.editions.models import Territoire
from territoires.permissions import a_un_perimetre, est_delegation, reference


@predicate
def travaille_avec_fiches(user):
    """Who works for territoires may write fiches, of its own."""
    return getattr(user, "ecrit_pour_un_territoire", False)


@predicate
def fiche_a_lire(user, fiche=None):
    """One of its territoires, or that came up to it: to the État of its area, to who it names."""
    if fiche is None:
        return getattr(user, "a_un_perimetre", False)
    connus = fiche.__dict__.setdefault("_lectures_connues", {})
    cle = _cle_de_lecture(user, fiche)
    if cle not in connus:
        connus[cle] = FicheAction.objects.for_user(user).filter(pk=fiche.pk).exists()
    return connus[cle]


def _cle_de_lecture(user, fiche):
    return (user.pk, fiche.etat, fiche.partagee_le)


@predicate
def fiche_de_son_perimetre(user, fiche=None):
    """The fiche's territoire is one of those for which the agent works."""
    if fiche is None:
        return getattr(user, "ecrit_pour_un_territoire", False)
    # A page asks this of one fiche for each of its buttons and rows: the answer stays with it.
    connus = fiche.__dict__.setdefault("_perimetres_connus", {})
    cle = (user.pk, fiche.territoire_id)
    if cle not in connus:
        siens = Territoire.objects.du_perimetre(user)
        connus[cle] = siens.filter(pk=fiche.territoire_id).exists()
    return connus[cle]


def trouvee_parmi_les_siennes(user, fiche):
    """`for_user` gave this fiche: that it may be read is known, and for whom it is written."""
    fiche.__dict__["_lectures_connues"] = {_cle_de_lecture(user, fiche): True}
    if travaille_avec_fiches(user):
        fiche.__dict__["_perimetres_connus"] = {(user.pk, fiche.territoire_id): True}


@predicate
def du_territoire(user):
    """What is the territoire's alone to do, the délégation may do for it."""
    return bool(est_delegation(user) or getattr(user, "sirens", ()))


@predicate
def fiche_ouverte(user, fiche=None):
    """A région has no part in a brouillon, unless it was shared with it, or is of its writing."""
    regions = getattr(user, "codes_regions", ())
    return fiche is None or not regions or fiche.ouverte_aux_regions(regions)


@predicate
def fiche_de_sa_main(user, fiche=None):
    """A région that reads a brouillon of a territoire does not write in it, but in its own."""
    regions = getattr(user, "codes_regions", ())
    if fiche is None or not regions or not fiche.est_brouillon:
        return True
    return fiche.saisie_par_id in regions


@predicate
def fiche_modifiable(user, fiche=None):
    """A fiche is written as a brouillon, and again when a comité sent it back."""
    return fiche is None or fiche.est_modifiable


@predicate
def fiche_jamais_transmise(user, fiche=None):
    """What went up once stays on record."""
    return fiche is None or (fiche.est_brouillon and not fiche.dernier_envoi_id)


@predicate
def fiche_decidee(user, fiche=None):
    """Money comes in, documents and contacts change from the decision on, also after the end."""
    return fiche is not None and fiche.est_du_public


@predicate
def fiche_en_cours(user, fiche=None):
    """Progress, steps and measures are entered once the fiche is decided, until it ends."""
    return fiche is not None and fiche.est_suivie


@predicate
def ligne_suivie(user, ligne=None):
    """Who follows a fiche notes what happens to every line of its money."""
    return ligne is not None and user.has_perm("programme.suivre_ficheaction", ligne.fiche)


@predicate
def ligne_de_son_partenaire(user, ligne=None):
    """An opérateur notes what it grants and pays, once the fiche is decided: on its own lines."""
    sien = getattr(user, "opere_pour", None)
    return bool(ligne and sien and ligne.partenaire_id == sien and ligne.fiche.est_du_public)


@predicate
def instruit(user):
    """A région answers to the obstacles that it can lift, the délégation to all."""
    return bool(getattr(user, "est_delegation", False) or getattr(user, "codes_regions", ()))


@predicate
def obstacle_de_son_perimetre(user, obstacle=None):
    """An obstacle is read with its fiche, by nobody else."""
    return obstacle is None or fiche_a_lire(user, obstacle.fiche)


ecrit_la_fiche = travaille_avec_fiches & fiche_de_son_perimetre & fiche_ouverte
ecrit_le_texte = ecrit_la_fiche & fiche_de_sa_main
rules.add_perm("programme.view_ficheaction", a_un_perimetre & fiche_a_lire)
rules.add_perm("programme.add_ficheaction", travaille_avec_fiches)
rules.add_perm("programme.change_ficheaction", ecrit_le_texte & fiche_modifiable)
rules.add_perm("programme.suivre_ficheaction", ecrit_la_fiche & fiche_decidee)
rules.add_perm("programme.noter_financement", ligne_suivie | ligne_de_son_partenaire)
rules.add_perm("programme.mesurer_ficheaction", ecrit_la_fiche & fiche_en_cours)
rules.add_perm("programme.delete_ficheaction", ecrit_le_texte & fiche_jamais_transmise)
rules.add_perm("programme.partager_ficheaction", du_territoire & fiche_de_son_perimetre)
rules.add_perm("programme.faire_avancer", ecrit_la_fiche)
rules.add_perm("programme.repondre_ficheaction", ecrit_la_fiche & instruit)
rules.add_perm("programme.view_obstacle", a_un_perimetre & obstacle_de_son_perimetre)
rules.add_perm("programme.grouper_obstacle", est_delegation)
reference("programme.obstaclenational")
rules.add_perm("programme.exporter_ficheaction", a_un_perimetre)
rules.add_perm("programme.importer_ficheaction", est_delegation)
rules.add_perm("programme", a_un_perimetre)
