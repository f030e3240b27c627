"""The form of a fiche: what it accepts, what it proposes, and how it says no."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from programme.partenaires.models import Axe, Partenaire, Phase
from territoires.formulaires import FormulaireIntact
from territoires.nombres import MONTANTS as MONTANTS
from territoires.nombres import NOMBRES as NOMBRES
from territoires.nombres import MontantEcrit as MontantEcrit


class FicheForm(FormulaireIntact):
    proposes = forms.ModelMultipleChoiceField(
        Partenaire.objects.all(),
        label="Offres pour cet axe",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Cochez les partenaires à ajouter : leurs offres répondent à l’axe choisi.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "axe" in self.fields:
            self.fields["axe"].queryset = axes_proposes(self.instance)
        offres = offres_proposees(self.instance) if "partenaires" in self.fields else []
        if offres:
            self.fields["proposes"].choices = offres
        else:
            del self.fields["proposes"]

    def clean(self):
        donnees = super().clean()
        if "partenaires" in donnees and donnees.get("proposes"):
            choisis = {*donnees["partenaires"], *donnees["proposes"]}
            donnees["partenaires"] = Partenaire.objects.filter(pk__in=[p.pk for p in choisis])
        return donnees


def axes_proposes(fiche):
    """The axes of the programme's present phase, and the one that the fiche already has."""
    aujourdhui = timezone.localdate()
    phase = Phase.objects.filter(debut__lte=aujourdhui).order_by("-debut").values("pk")[:1]
    return Axe.objects.filter(Q(phase__in=phase) | Q(pk=fiche.axe_id)).select_related("phase")


def offres_proposees(fiche):
    """[(partenaire, its name and offers for the fiche's axe)] of those not yet chosen."""
    if not (fiche.pk and fiche.axe_id):
        return []
    lignes = Partenaire.objects.filter(offres__axes=fiche.axe_id).exclude(fiches=fiche)
    offres = {}
    for pk, nom, intitule in lignes.values_list("pk", "nom", "offres__intitule"):
        offres.setdefault((pk, nom), []).append(intitule)
    return [(pk, f"{nom} : {', '.join(o)}") for (pk, nom), o in offres.items()]
