"""The form of a convention: what it proposes to who writes a new one."""

from django import forms
from django.utils import timezone

from programme.partenaires import engagements
from programme.partenaires.models import Convention, Engagement
from territoires.formulaires import FormulaireIntact


class ConventionForm(FormulaireIntact):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "reference" in self.fields:  # set once, then only read
            self.fields["reference"].required = False
            self.fields["reference"].help_text = (
                "Elle figure dans l’adresse de la page. Vide : le partenaire et l’année de la "
                "signature, par exemple bpifrance-2019."
            )

    def clean(self):
        donnees = super().clean() or self.cleaned_data
        partenaire = donnees.get("partenaire")
        if "reference" in donnees and not donnees["reference"] and partenaire:
            signee = donnees.get("signee_le") or timezone.localdate()
            donnees["reference"] = reference_libre(f"{partenaire.identifiant[:50]}-{signee.year}")
        return donnees


class EngagementForm(forms.ModelForm):
    """Where an engagement stands; `montre` is what the page showed of it."""

    montre = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Engagement
        fields = ["etat", "nouvelle"]

    def __init__(self, engagement, data=None):
        super().__init__(data, initial={"montre": engagements.lu(engagement), "nouvelle": ""})
        self.engagement = engagement
        self.fields["etat"].initial = engagement.etat
        self.fields["nouvelle"].required = True

    def faire(self, agent):
        return engagements.dire(self.engagement, agent=agent, **self.cleaned_data)

    def refuser(self, erreur):
        """Say why, and what stands meanwhile: the next sending is judged from there."""
        phrases = erreur.message_dict if hasattr(erreur, "error_dict") else {None: erreur.messages}
        for nom, lignes in phrases.items():
            self.add_error(nom, lignes)
        self.engagement.refresh_from_db()
        self.data = self.data.copy()
        self.data["montre"] = engagements.lu(self.engagement)


def reference_libre(base):
    """This reference, or the first of those that follow it which no convention has."""
    prises = set(
        Convention.objects.filter(reference__startswith=base).values_list("reference", flat=True)
    )
    candidates = (base if rang == 1 else f"{base}-{rang}" for rang in range(1, len(prises) + 2))
    return next(candidate for candidate in candidates if candidate not in prises)
