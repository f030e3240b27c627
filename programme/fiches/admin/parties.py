"""The form of a fiche as a journey: its sections in order, and where each of them stands."""

from dataclasses import dataclass, field

from django.contrib.admin.utils import flatten
from django.utils.text import capfirst, slugify

from programme.fiches import champs
from programme.fiches.models import FicheAction

# Sections of fields and tables, in the order in which one writes a fiche; what is not named here
# (answers on the tables) comes before the first table.
ORDRE = (
    "L’action",
    "Le projet",
    "Avec qui",
    "Calendrier et coût",
    "",
    "financements",
    "etapes",
    "indicateurs",
    "obstacles",
    "Suivi",
    "nouvelles",
    "pieces",
    "Contact",
)


@dataclass
class Partie:
    titre: str
    ancre: str
    bloc: object = None  # the fieldset, or
    groupe: object = None  # the table
    attendus: list = field(default_factory=list)  # names of the fields that the comité expects
    manques: list = field(default_factory=list)  # [(name, label)] of those left empty
    remplie: bool = False
    lignes: int = 0
    remarques: int = 0
    sans_reponse: int = 0
    erreurs: int = 0

    @property
    def etat(self):
        """A word for the eye: what it means is said by `phrase`."""
        if self.erreurs:
            return "erreur"
        if self.manques:
            return "manque"
        return "complete" if self.attendus or self.remplie else "vide"

    @property
    def phrase(self):
        if self.erreurs:
            return "1 erreur à corriger" if self.erreurs == 1 else f"{self.erreurs} erreurs"
        if self.manques:
            return f"Il manque\u202f: {', '.join(libelle for _, libelle in self.manques)}"
        if self.attendus:
            return "Complet"
        if self.groupe is not None:
            return f"{self.lignes} ligne{'s' if self.lignes > 1 else ''}" if self.lignes else "Vide"
        return "Rempli" if self.remplie else "Facultatif"


def parties(fiche, adminform, groupes, remarques=()):
    """The Parties of this form, in order; `groupes` are its InlineAdminFormSets."""
    toutes = [_de_champs(fiche, adminform.form, bloc, remarques) for bloc in adminform]
    toutes += [_de_lignes(groupe, remarques) for groupe in groupes]
    rangs = {cle: rang for rang, cle in enumerate(ORDRE)}
    return sorted(toutes, key=lambda r: rangs.get(_cle(r), rangs[""]))


def manques(parties):
    """What the form on the screen leaves empty; `FicheAction.manques` says it of what is kept."""
    return [manque for partie in parties for manque in partie.manques]


def dites_dans(lignes):
    """The forms of this formset that say something: stored rows, then those just typed."""
    tapees = [form for form in lignes.extra_forms if lignes.is_bound and form.has_changed()]
    return [*lignes.initial_forms, *tapees]


def _cle(partie):
    return partie.groupe.formset.prefix if partie.groupe else partie.titre


def _de_champs(fiche, formulaire, bloc, remarques):
    noms = [nom for nom in flatten(bloc.fields) if nom in champs.FICHE]
    siens = [nom for nom in flatten(bloc.fields) if nom in formulaire.fields]
    attendus = [nom for nom in noms if nom in FicheAction.ATTENDUS] if fiche.est_modifiable else []
    vides = {nom for nom in noms if _est_vide(_valeur(fiche, formulaire, nom))}
    dites = [r for r in remarques if r.champ in noms]
    return Partie(
        bloc.name,
        f"partie-{slugify(bloc.name.replace('’', ' '))}",
        bloc=bloc,
        attendus=attendus,
        manques=[
            (nom, fiche._meta.get_field(nom).verbose_name) for nom in attendus if nom in vides
        ],
        remplie=len(vides) < len(noms),
        remarques=len(dites),
        sans_reponse=sum(not r.reponse for r in dites),
        erreurs=sum(len(formulaire.errors.get(nom, ())) for nom in siens),
    )


def _de_lignes(groupe, remarques):
    lignes = groupe.formset
    tapees = dites_dans(lignes)
    siennes = [r for r in remarques if r.champ == lignes.prefix]
    erreurs = sum(map(len, (liste for e in lignes.errors for liste in e.values())))
    return Partie(
        capfirst(groupe.opts.verbose_name_plural),
        f"{lignes.prefix}-group",
        groupe=groupe,
        remplie=bool(tapees),
        lignes=len(tapees),
        remarques=len(siennes),
        sans_reponse=sum(not r.reponse for r in siennes),
        erreurs=erreurs + len(lignes.non_form_errors()),
    )


def _valeur(fiche, formulaire, nom):
    """What stands in the field, typed or stored; of a list only shown, whether it has any."""
    if nom in formulaire.fields:
        return formulaire[nom].value()
    valeur = getattr(fiche, nom)
    return valeur.exists() or None if fiche._meta.get_field(nom).many_to_many else valeur


def _est_vide(valeur):
    return valeur is None or not (valeur if isinstance(valeur, list) else str(valeur).strip())
