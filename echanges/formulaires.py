from django import forms

from echanges.lecture import TAILLE_MAXIMALE

MO = TAILLE_MAXIMALE // 1_048_576


class DepotForm(forms.Form):
    """Upload of one file, for one of the resources of the page."""

    ressource = forms.ChoiceField(label="Contenu du fichier")
    fichier = forms.FileField(
        label="Fichier",
        allow_empty_file=True,
        help_text=f"CSV, XLSX ou ODS, {MO} Mo au plus. Rien n’est écrit avant votre confirmation.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.ods"}),
    )

    def __init__(self, *args, ressources, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ressource"].choices = [
            (nom, classe.titre()) for nom, classe in ressources.items()
        ]
        if len(ressources) == 1:
            self.fields["ressource"].widget = forms.HiddenInput()
            self.fields["ressource"].initial = next(iter(ressources))
