"""One POST beside the object as it stands: what differs, who wrote it, in words."""

from pathlib import PurePath

from django import forms
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db import connection

from territoires.historique import RESERVE, dernier_a_ecrire
from territoires.saisie.conflits import conflits, rapprocher
from territoires.saisie.etat import Relue, Saisie, ecrits, etat

CHOIX = "choix:"
# The fields that name a row, the first one that says something.
TITRES = (
    "financeur",
    "intitule",
    "libelle",
    "titre",
    "regle",
    "objet",
    "nom",
    "intervenant",
    "texte",
)


def tenir(modele_admin, request, object_id):
    """The object, its row held until the end of this save: two people save one by one."""
    objet = modele_admin.get_object(request, unquote(object_id))
    if objet is None or not connection.features.has_select_for_update:
        return objet
    tenue = type(objet)._base_manager.select_for_update().filter(pk=objet.pk).order_by()
    list(tenue.values_list("pk"))
    return modele_admin.get_object(request, unquote(object_id))


def vierges(modele_admin, request, objet):
    """The form and the formsets that this person would be shown of the object as it stands."""
    champs = flatten_fieldsets(modele_admin.get_fieldsets(request, objet))
    formulaire = modele_admin.get_form(request, objet, change=True, fields=champs)
    groupes = [
        Groupe(
            instance=objet,
            prefix=Groupe.get_default_prefix(),
            queryset=lignes.get_queryset(request),
        )
        for Groupe, lignes in modele_admin.get_formsets_with_inlines(request, objet)
        if lignes.has_change_permission(request, objet)
    ]
    return formulaire(instance=objet), groupes


class Rapprochement:
    """One POST beside the object as it stands, locked; its `ecarts` are to be shown."""

    def __init__(self, modele_admin, request, objet, lu, relu=False):
        """`relu`: nothing was written in the page that comes back, it was only read."""
        self.objet, self.lu, self.lecteur = objet, lu, request.user
        self.formulaire, self.groupes = vierges(modele_admin, request, objet)
        self._verrouiller_les_lignes()
        self.present = etat(self.formulaire, self.groupes)
        if relu:
            self.saisie = Relue(lu, self.formulaire, self.groupes)
        else:
            self.saisie = Saisie(request.POST, request.FILES, self.formulaire, self.groupes)
        choisis = {
            cle.removeprefix(CHOIX): valeur
            for cle, valeur in request.POST.items()
            if cle.startswith(CHOIX)
        }
        self.ecarts = rapprocher(lu, self.present, self.saisie, choisis)

    def _verrouiller_les_lignes(self):
        """An import writes the rows of an object without touching the object."""
        if connection.features.has_select_for_update:
            for groupe in self.groupes:
                lignes = groupe.get_queryset().order_by("pk")
                list(lignes.select_for_update(of=("self",)))

    def lu_desormais(self):
        return self.lu | self.present | {"conflits": conflits(self.ecarts)}

    def miens_en_fichiers(self):
        """Names of my files among what is to be chosen."""
        fichiers = {
            (groupe.prefix, nom)
            for groupe in self.groupes
            for nom, champ in groupe.form.base_fields.items()
            if isinstance(champ, forms.FileField)
        }
        miens = [e for e in self.ecarts if e.a_choisir and (e.prefixe, e.nom) in fichiers]
        return [PurePath(nom).name for ecart in miens for nom in ecart.mien]

    def differences(self):
        """The ecarts, in words: {label, avant, leur, mien, qui, quand, cle, a_choisir}."""
        par_prefixe = {groupe.prefix: groupe for groupe in self.groupes}
        for ecart in self.ecarts:
            groupe = par_prefixe.get(ecart.prefixe)
            champs = groupe.form.base_fields if groupe else ecrits(self.formulaire.fields)
            champ = champs.get(ecart.nom)
            qui, quand = self._auteur(ecart, groupe)
            yield {
                "cle": ecart.cle,
                "a_choisir": ecart.a_choisir,
                "ligne": bool(groupe and not ecart.nom),
                "libelle": self._libelle(ecart, groupe, champs, champ),
                "avant": en_clair(champs, champ, ecart.avant),
                "leur": en_clair(champs, champ, ecart.leur),
                "mien": en_clair(champs, champ, ecart.mien),
                "qui": qui,
                "quand": quand,
            }

    def _auteur(self, ecart, groupe):
        modele, cle = (groupe.model, ecart.ligne) if groupe else (type(self.objet), self.objet.pk)
        qui, quand = dernier_a_ecrire(modele, cle, ecart.nom)
        return (
            "vous, dans une autre fenêtre" if qui == self.lecteur else qui or "un import",
            quand,
        )

    def _libelle(self, ecart, groupe, champs, champ):
        if groupe is None:
            return champ.label
        lignes = self.present["lignes"].get(ecart.prefixe, {})
        ligne = lignes.get(ecart.ligne) or ecart.avant or ecart.leur or {}
        titres = [nom for nom in (*TITRES, *champs) if ligne.get(nom) and nom in champs]
        titre = en_clair(champs, champs[titres[0]], ligne[titres[0]]) if titres else "ligne"
        libelle = f"{groupe.model._meta.verbose_name} « {titre} »"
        return f"{libelle}, {champ.label.lower()}" if champ else libelle


def en_clair(champs, champ, valeur):
    """Texts of one field, or of each field of a row, as a person reads them."""
    if valeur is None:
        return ""
    if champ is None:
        morceaux = [
            f"{champs[nom].label.lower()}\u202f: {en_clair(champs, champs[nom], textes)}"
            for nom, textes in valeur.items()
            if textes and nom in champs
        ]
        return ", ".join(morceaux)
    if isinstance(champ, forms.BooleanField):
        return "oui" if valeur else "non"
    if isinstance(champ, forms.ModelChoiceField):
        try:
            noms = ", ".join(str(objet) for objet in champ.queryset.filter(pk__in=valeur))
        except (ValueError, ValidationError):
            return ", ".join(valeur)
        return noms or (RESERVE if valeur else "")
    if isinstance(champ, forms.ChoiceField):
        noms = {str(cle): str(nom) for cle, nom in champ.choices}
        return ", ".join(noms.get(v, v) for v in valeur)
    if isinstance(champ, forms.FileField):
        return ", ".join(PurePath(nom).name for nom in valeur)
    return "\n".join(valeur)
