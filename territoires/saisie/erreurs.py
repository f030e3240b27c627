"""What a form of the admin refuses, said once on top: each sentence leads to its field."""

from dataclasses import dataclass

from django.utils.text import capfirst


@dataclass(frozen=True)
class Erreur:
    ancre: str  # id of what to mend; none for what is said of the whole form
    libelle: str
    phrase: str


def erreurs_liees(formulaire, groupes):
    """Every Erreur of this form and of its InlineAdminFormSets, in the order of the page."""
    suite = [Erreur("", "", str(phrase)) for phrase in formulaire.non_field_errors()]
    suite += _des_champs(formulaire)
    for groupe in groupes:
        lignes, titre = groupe.formset, capfirst(groupe.opts.verbose_name_plural)
        debut = f"{lignes.prefix}-group"
        suite += [Erreur(debut, titre, str(phrase)) for phrase in lignes.non_form_errors()]
        for rang, ligne in enumerate(lignes.forms, 1):
            ou = f"{titre}, ligne {rang}"
            ancre = _premier_champ(ligne) or debut
            suite += [Erreur(ancre, ou, str(phrase)) for phrase in ligne.non_field_errors()]
            suite += _des_champs(ligne, f"{ou}, ")
    return suite


def _des_champs(formulaire, ou=""):
    for lie in formulaire:
        libelle = f"{ou}{lie.label[:1].lower()}{lie.label[1:]}" if ou else capfirst(lie.label)
        for phrase in lie.errors:
            yield Erreur(lie.id_for_label or lie.auto_id, libelle, str(phrase))


def _premier_champ(ligne):
    return next((lie.id_for_label for lie in ligne.visible_fields()), "")
