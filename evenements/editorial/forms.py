"""The forms of what the délégation writes: its address comes from its title."""

from django import forms

from echanges.textes import identifiant
from programme.themes.forms import AvecThemes
from territoires.formulaires import FormulaireIntact


class EditorialForm(FormulaireIntact):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "identifiant" in self.fields:
            champ = self.fields["identifiant"]
            champ.required = False
            champ.help_text = "Termine l’adresse de la page. Laissé vide : tiré du titre."
        if "texte" in self.fields:
            self.fields["texte"].widget = forms.Textarea(attrs={"rows": 20, "cols": 80})

    def clean(self):
        donnees = super().clean()
        if "identifiant" in self.fields and not donnees.get("identifiant"):
            donnees["identifiant"] = identifiant(
                donnees.get("titre", ""), longueur=80, sinon="page"
            )
        return donnees


class ActualiteForm(AvecThemes, EditorialForm):
    dits = ("titre", "chapo", "texte")
