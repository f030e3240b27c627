from django import forms

from echanges.lecture.decodage import ENCODAGES
from echanges.lecture.tableau import RECONNUS, SEPARATEURS, TAILLE_MAXIMALE

MO = TAILLE_MAXIMALE // 1_048_576
SEULE = "celle dont les en-têtes sont reconnus"


class ChoixForm(forms.Form):
    """How the file is to be read where the guess is wrong; what is left empty is guessed."""

    encodage = forms.ChoiceField(
        label="Encodage", choices=[("", "reconnu tout seul"), *ENCODAGES.items()], required=False
    )
    separateur = forms.ChoiceField(
        label="Séparateur",
        choices=[("", "reconnu tout seul"), *SEPARATEURS.items()],
        required=False,
    )
    dates = forms.ChoiceField(
        label="Dates",
        choices=[
            ("", "12/03/2019 est le 12 mars (JJ/MM/AAAA)"),
            ("mja", "12/03/2019 est le 3 décembre (MM/JJ/AAAA)"),
        ],
        required=False,
    )
    nombres = forms.ChoiceField(
        label="Nombres",
        choices=[
            ("", "reconnus un par un"),
            ("virgule", "1.234,50 : la virgule précède les décimales"),
            ("point", "1,234.50 : le point précède les décimales"),
        ],
        required=False,
    )
    feuille = forms.CharField(
        label="Feuille",
        required=False,
        max_length=100,
        help_text=f"Pour un classeur : le nom de la feuille à lire. Vide : {SEULE}.",
    )

    def __init__(self, *args, feuilles=(), **kwargs):
        super().__init__(*args, **kwargs)
        if feuilles:
            self.fields["feuille"] = forms.ChoiceField(
                label="Feuille",
                required=False,
                choices=[("", SEULE), *((nom, nom) for nom in feuilles)],
            )

    def choix(self):
        return {nom: v for nom, v in self.cleaned_data.items() if nom in RECONNUS and v}


class DepotForm(ChoixForm):
    """Upload of one file, for one of the resources of the page."""

    field_order = ["resource", "fichier"]
    resource = forms.ChoiceField(label="Contenu du fichier")
    fichier = forms.FileField(
        label="Fichier",
        allow_empty_file=True,
        help_text=f"CSV, XLSX ou ODS, {MO} Mo au plus. Rien n’est écrit avant votre confirmation.",
        widget=forms.FileInput(
            attrs={"accept": ".csv,.txt,.tsv,.xlsx,.ods", "data-maximum": TAILLE_MAXIMALE}
        ),
    )

    def __init__(self, *args, resources, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["resource"].choices = [
            (nom, classe.titre()) for nom, classe in resources.items()
        ]
        if len(resources) == 1:
            self.fields["resource"].widget = forms.HiddenInput()
            self.fields["resource"].initial = next(iter(resources))

    def du_depot(self):
        """The visible fields that say what is sent."""
        return [c for c in self.visible_fields() if c.name not in RECONNUS]

    def de_lecture(self):
        """The fields that correct a guess, shown apart."""
        return [self[nom] for nom in RECONNUS]

    def clean_fichier(self):
        fichier = self.cleaned_data["fichier"]
        if fichier.size > TAILLE_MAXIMALE:
            raise forms.ValidationError("Ce fichier est trop lourd. Partagez-le en plusieurs.")
        return fichier
