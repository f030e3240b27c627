"""Sign an avenant of a contrat: what it changes is typed over what stands, and both are kept."""

from django import forms
from django.db import transaction

from programme.contrats.lignee import avec_leurs_suites
from programme.contrats.models import (
    AvenantContrat,
    Contrat,
    FicheContrat,
    ModificationAvenantContrat,
)
from programme.contrats.models.avenants import ABSENTE, FERME, SIMPLE
from programme.fiches.models import FicheAction
from programme.partenaires.avenants import changes, ecrire, en_texte

DU_CONTRAT = ("debut", "fin", "nombre_fiches_annonce")
ENGAGEMENTS = [(ABSENTE, "hors du contrat"), (SIMPLE, SIMPLE), (FERME, FERME)]


class AvenantForm(forms.ModelForm):
    """The avenant itself."""

    class Meta:
        model = AvenantContrat
        fields = ["signe_le", "objet", "changements"]
        widgets = {"signe_le": forms.DateInput(format="%d/%m/%Y")}


class ApresForm(forms.ModelForm):
    """The contrat as the avenant leaves it; prefilled with what stands."""

    class Meta:
        model = Contrat
        fields = DU_CONTRAT
        widgets = {nom: forms.DateInput(format="%d/%m/%Y") for nom in ("debut", "fin")}


class FichesForm(forms.Form):
    """Where each fiche stands in the contrat after the avenant."""

    def __init__(self, contrat, user, donnees=None):
        super().__init__(donnees, prefix="fiches")
        fermes = dict(contrat.lignes_fiches.values_list("fiche", "engagement_ferme"))
        siennes = FicheAction.objects.for_user(user)
        siennes = siennes.filter(territoire__in=avec_leurs_suites([contrat.territoire_id]))
        self.fiches = {f"fiche-{fiche.pk}": fiche for fiche in siennes.order_by("titre", "pk")}
        for nom, fiche in self.fiches.items():
            ferme = fermes.get(fiche.pk)
            self.fields[nom] = forms.ChoiceField(
                label=fiche.titre,
                choices=ENGAGEMENTS,
                required=False,
                initial=ABSENTE if ferme is None else FERME if ferme else SIMPLE,
            )


class Saisie:
    """The forms of one avenant: itself, the contrat after it, its fiches after it."""

    def __init__(self, contrat, user, donnees=None):
        self.contrat = contrat
        self.avenant = AvenantForm(donnees, prefix="avenant")
        self.apres = ApresForm(
            donnees, prefix="contrat", instance=Contrat.objects.get(pk=contrat.pk)
        )
        self.fiches = FichesForm(contrat, user, donnees)

    def est_valide(self):
        valides = [un.is_valid() for un in (self.avenant, self.apres, self.fiches)]
        if not all(valides):
            return False
        signe = self.avenant.cleaned_data["signe_le"]
        if self.contrat.signe_le and signe < self.contrat.signe_le:
            self.avenant.add_error("signe_le", "Un avenant suit la signature de son contrat.")
        if not (self.modifications() or self.avenant.cleaned_data["changements"]):
            self.avenant.add_error(
                None,
                "Cet avenant ne change rien : modifiez la période, le nombre de fiches ou "
                "l’engagement d’une fiche, ou dites ce qu’il change.",
            )
        return self.avenant.is_valid()

    def modifications(self):
        """What differs from what stands, in the order of the page."""
        lignes = [
            ModificationAvenantContrat(
                champ=nom,
                avant=en_texte(self.apres.initial.get(nom)),
                apres=en_texte(self.apres.cleaned_data[nom]),
            )
            for nom in changes(self.apres)
        ]
        lignes += [
            ModificationAvenantContrat(
                champ=ModificationAvenantContrat.Champ.FICHE,
                fiche=fiche,
                avant=self.fiches.fields[nom].initial,
                apres=self.fiches.cleaned_data[nom],
            )
            for nom, fiche in self.fiches.fiches.items()
            if self.fiches.fields[nom].initial != self.fiches.cleaned_data[nom]
        ]
        return lignes

    @transaction.atomic
    def signer(self):
        """Write the avenant, what it changed, and the contrat as it now stands."""
        Contrat.objects.select_for_update().get(pk=self.contrat.pk)
        modifications = self.modifications()
        avenant = self.avenant.save(commit=False)
        avenant.contrat = self.contrat
        ecrire(avenant, self.contrat.avenants, modifications)
        for modification in modifications:
            if modification.fiche:
                self._engager(modification.fiche, modification.apres)
        if self.apres.has_changed():
            self.apres.save()
        return avenant

    def _engager(self, fiche, engagement):
        ligne = self.contrat.lignes_fiches.filter(fiche=fiche).first()
        if engagement == ABSENTE:
            if ligne:
                ligne.delete()
            return
        ligne = ligne or FicheContrat(contrat=self.contrat, fiche=fiche)
        ligne.engagement_ferme = engagement == FERME
        ligne.save()
