"""Forms that make the record of an assemblée quick to enter, with or without JavaScript."""

from django import forms
from django.core.exceptions import ValidationError

from echanges.textes import identifiant
from evenements.inscription import Annuaire, champs
from evenements.models import Intervenant
from evenements.programme_colle import Illisible, lire_parole
from programme.fichiers import valider_fichier
from programme.themes.forms import AvecThemes
from territoires.formulaires import FormulaireIntact, RangsAutomatiques


class PlusieursFichiers(forms.ClearableFileInput):
    allow_multiple_selected = True


class ChampFichiers(forms.FileField):
    """Any number of files, each checked by its content."""

    widget = PlusieursFichiers(attrs={"multiple": True})

    def has_changed(self, initial, data):
        return bool(data)

    def clean(self, data, initial=None):
        propres, erreurs = [], []
        for fichier in data or []:
            propre = super().clean(fichier, initial)
            try:
                valider_fichier(propre)
            except ValidationError as erreur:
                erreurs += [f"{fichier.name} : {message}" for message in erreur.messages]
            propres.append(propre)
        if erreurs:
            erreurs.append("Aucun fichier n’a été déposé : choisissez-les de nouveau.")
            raise ValidationError(erreurs)
        return propres


def champ_note():
    return forms.CharField(
        label="Ce que vous corrigez",
        max_length=500,
        required=False,
        help_text="Cette assemblée est publiée : la correction y sera lue, datée d’aujourd’hui. "
        "Si vous n’écrivez rien, la page nommera ce qui a changé.",
        widget=forms.TextInput(attrs={"size": 80}),
    )


class AssembleeForm(FormulaireIntact):
    depot = ChampFichiers(
        label="Déposer des documents",
        required=False,
        help_text="Un ou plusieurs fichiers à la fois, de 20 Mo au plus : le nom du fichier donne "
        "le titre, que vous changerez ensuite.",
    )
    note = champ_note()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "identifiant" in self.fields:
            self.fields["identifiant"].required = False
            self.fields[
                "identifiant"
            ].help_text = (
                "Termine l’adresse de la page. Laissé vide : la ville, ou le titre, et l’année."
            )

    def clean(self):
        donnees = super().clean()
        debut, nom = donnees.get("date_debut"), donnees.get("ville") or donnees.get("titre")
        if "identifiant" in self.fields and not donnees.get("identifiant") and debut and nom:
            donnees["identifiant"] = identifiant(
                f"{nom} {debut.year}", longueur=80, sinon="assemblee"
            )
        return donnees


class SequenceForm(AvecThemes, FormulaireIntact):
    dits = ("titre", "compte_rendu", "dit_ensemble", "difficultes")
    note = champ_note()

    def clean(self):
        donnees = super().clean()
        for nom in ("debut", "fin", "salle", "jour", "assemblee"):
            if nom in donnees:
                setattr(self.instance, nom, donnees[nom])
        if self.instance.assemblee_id and self.instance.debut and self.instance.jour:
            autres = self.instance.assemblee.sequences.exclude(pk=self.instance.pk)
            for autre in autres:
                if self.instance.chevauche(autre):
                    self.add_error("salle", salle_prise(autre))
        return donnees


def salle_prise(autre):
    return f"Cette salle est déjà prise à cette heure par « {autre} »."


class SequencesDuJour(RangsAutomatiques):
    """The séquences of one assemblée, entered together: no room is held twice at a time."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["jour"].required = False
        form.fields["jour"].help_text = "Vide : le premier jour."

    def clean(self):
        super().clean()
        for rang, form in enumerate(self.lignes()):
            form.instance.jour = form.instance.jour or self.instance.date_debut
            for autre in self.lignes()[:rang]:
                if form.instance.chevauche(autre.instance):
                    form.add_error("salle", salle_prise(autre.instance))


class InterventionForm(FormulaireIntact):
    nouveau = forms.CharField(
        label="Ou quelqu’un d’autre",
        required=False,
        max_length=400,
        help_text="Prénom Nom, fonction, organisation. La personne est créée si personne ne porte "
        "encore ce nom ; sinon, c’est elle.",
        widget=forms.TextInput(attrs={"size": 80}),
    )

    def clean(self):
        donnees = super().clean()
        texte = donnees.get("nouveau", "").strip()
        if not texte:
            return donnees
        if donnees.get("intervenant"):
            self.add_error("nouveau", "Choisissez une personne ou écrivez son nom, pas les deux.")
            return donnees
        try:
            parole = lire_parole(texte)
        except Illisible as raison:
            self.add_error("nouveau", f"Illisible : {raison}")
            return donnees
        if not self.errors:
            # Undone with the whole page when another line is refused.
            for nom, valeur in champs(parole, Annuaire()).items():
                donnees[nom] = donnees.get(nom) or valeur
        return donnees


class FusionForm(forms.Form):
    """Which of the chosen people stays."""

    garde = forms.ModelChoiceField(
        Intervenant.objects.none(),
        label="La fiche à garder",
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, intervenants, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["garde"].queryset = intervenants
