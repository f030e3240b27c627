"""Sign an avenant of a contrat: what it changes is typed over what stands, and both are kept."""

from django import forms

from programme.contrats.lignee import avec_leurs_suites
from programme.contrats.models import (
    AvenantContrat,
    Contrat,
    FicheContrat,
    ModificationAvenantContrat,
)
from programme.contrats.models.avenants import ABSENTE, FERME, SIMPLE
from programme.fiches.models import FicheAction
from programme.partenaires.avenants import SaisieAvenant, changes, ecrire, en_texte

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


class Saisie(SaisieAvenant):
    """An avenant of a contrat: the contrat after it, its fiches after it."""

    sans_effet = (
        "Cet avenant ne change rien : modifiez la période, le nombre de fiches ou l’engagement "
        "d’une fiche, ou dites ce qu’il change."
    )

    def __init__(self, contrat, user, donnees=None):
        super().__init__(contrat, AvenantForm(donnees, prefix="avenant"), donnees)
        self.apres = ApresForm(
            donnees, prefix="contrat", instance=Contrat.objects.get(pk=contrat.pk)
        )
        self.fiches = FichesForm(contrat, user, donnees)

    @property
    def blocs(self):
        blocs = [("Le contrat après l’avenant", self.apres)]
        if self.fiches.fiches:
            blocs.append(("Ses fiches actions après l’avenant", self.fiches))
        return blocs

    def est_valide(self):
        signe = self.avenant.is_valid() and self.avenant.cleaned_data["signe_le"]
        if signe and self.objet.signe_le and signe < self.objet.signe_le:
            self.avenant.add_error("signe_le", "Un avenant suit la signature de son contrat.")
        return super().est_valide()

    def modifications(self):
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
                fiche=self.fiches.fiches[nom],
                avant=self.fiches.fields[nom].initial,
                apres=self.fiches.cleaned_data[nom],
            )
            for nom in (changes(self.fiches) if self.fiches.fiches else ())
        ]
        return lignes

    def signer(self):
        """Write the avenant, what it changed, and the contrat as it now stands."""
        modifications = self.modifications()
        avenant = self.avenant.save(commit=False)
        avenant.contrat = self.objet
        ecrire(avenant, self.objet.avenants, modifications)
        for modification in modifications:
            if modification.fiche:
                self._engager(modification.fiche, modification.apres)
        if self.apres.has_changed():
            self.apres.save()
        return avenant

    def _engager(self, fiche, engagement):
        ligne = self.objet.lignes_fiches.filter(fiche=fiche).first()
        if engagement == ABSENTE:
            if ligne:
                ligne.delete()
            return
        ligne = ligne or FicheContrat(contrat=self.objet, fiche=fiche)
        ligne.engagement_ferme = engagement == FERME
        ligne.save()
