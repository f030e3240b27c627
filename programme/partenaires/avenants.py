"""Sign an avenant: what it changes is typed over what stands, and both are kept."""

from decimal import Decimal

from django import forms
from django.db import transaction

from programme.partenaires.models import Avenant, Convention, Engagement, ModificationAvenant
from territoires.nombres import MontantEcrit

DE_LA_CONVENTION = ("objet", "debut", "fin")
D_UN_ENGAGEMENT = ("montant", "echeance")


class AvenantForm(forms.ModelForm):
    """The avenant itself."""

    class Meta:
        model = Avenant
        fields = ["signe_le", "objet", "changements"]
        widgets = {"signe_le": forms.DateInput(format="%d/%m/%Y")}


class ApresForm(forms.ModelForm):
    """The convention as the avenant leaves it; prefilled with what stands."""

    class Meta:
        model = Convention
        fields = DE_LA_CONVENTION
        labels = {"objet": "objet de la convention"}
        widgets = {nom: forms.DateInput(format="%d/%m/%Y") for nom in ("debut", "fin")}


class EngagementForm(forms.ModelForm):
    class Meta:
        model = Engagement
        fields = D_UN_ENGAGEMENT
        field_classes = {"montant": MontantEcrit}
        widgets = {"echeance": forms.DateInput(format="%d/%m/%Y")}


class Saisie:
    """The forms of one avenant: itself, the convention after it, each engagement after it."""

    def __init__(self, convention, donnees=None):
        self.convention = convention
        self.avenant = AvenantForm(donnees, prefix="avenant")
        self.apres = ApresForm(
            donnees, prefix="convention", instance=Convention.objects.get(pk=convention.pk)
        )
        self.engagements = [
            EngagementForm(donnees, prefix=f"engagement-{e.pk}", instance=e)
            for e in convention.engagements.order_by("numero")
        ]

    @property
    def tous(self):
        return [self.avenant, self.apres, *self.engagements]

    def est_valide(self):
        valides = [formulaire.is_valid() for formulaire in self.tous]
        if not all(valides):
            return False
        if not (self.modifications() or self.avenant.cleaned_data["changements"]):
            self.avenant.add_error(
                None,
                "Cet avenant ne change rien : modifiez l’objet, une date, un montant ou une "
                "échéance, ou dites ce qu’il change.",
            )
            return False
        return True

    def modifications(self):
        """What differs from what stands, in the order of the page."""
        lignes = [_ligne(self.apres, nom) for nom in changes(self.apres)]
        for formulaire in self.engagements:
            lignes += [
                _ligne(formulaire, nom, engagement=formulaire.instance)
                for nom in changes(formulaire)
            ]
        return lignes

    @transaction.atomic
    def signer(self):
        """Write the avenant, what it changed, and the convention as it now stands."""
        modifications = self.modifications()
        avenant = self.avenant.save(commit=False)
        avenant.convention = self.convention
        ecrire(avenant, self.convention.avenants, modifications)
        for formulaire in [self.apres, *self.engagements]:
            if formulaire.has_changed():
                formulaire.save()
        return avenant


def ecrire(avenant, precedents, modifications):
    """Number this avenant after those before it, and write it with what it changes, in order."""
    avenant.numero = max(precedents.values_list("numero", flat=True), default=0) + 1
    avenant.save()
    for ordre, modification in enumerate(modifications, start=1):
        modification.avenant, modification.ordre = avenant, ordre
        modification.save()


def changes(formulaire):
    """A field typed again as it stood is no change."""
    return [
        nom
        for nom in formulaire.changed_data
        if formulaire.initial.get(nom) != formulaire.cleaned_data[nom]
    ]


def _ligne(formulaire, nom, engagement=None):
    avant, apres = formulaire.initial.get(nom), formulaire.cleaned_data[nom]
    return ModificationAvenant(
        champ=nom, engagement=engagement, avant=en_texte(avant), apres=en_texte(apres)
    )


def en_texte(valeur):
    """ISO dates, euros to the cent; nothing for what is unknown."""
    if isinstance(valeur, Decimal):
        return f"{valeur:.2f}"
    return "" if valeur is None else str(valeur)
