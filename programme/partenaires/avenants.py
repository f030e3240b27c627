"""Sign an avenant: what it changes is typed over what stands, and both are kept."""

from decimal import Decimal

from django import forms

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


class DernierForm(forms.Form):
    """Which avenant was the last when the page was shown."""

    dernier = forms.IntegerField(widget=forms.HiddenInput)


class SaisieAvenant:
    """The forms of one avenant of a convention or of a contrat: itself, and what stands after it.

    `objet` is held while a page is judged and written: two that are signed at once follow.
    """

    sans_effet = ""  # what is said of one that changes nothing

    def __init__(self, objet, avenant, donnees):
        self.objet, self.avenant = objet, avenant
        self.dernier = dernier_numero(objet.avenants)
        self.vu = DernierForm(donnees, prefix="vu", initial={"dernier": self.dernier})

    @property
    def blocs(self):
        """[(title, form)] of what stands after it, in the order of the page."""
        raise NotImplementedError

    def modifications(self):
        """What differs from what stands, in the order of the page."""
        raise NotImplementedError

    def est_valide(self):
        valides = [un.is_valid() for un in (self.avenant, *(form for _, form in self.blocs))]
        if not all(valides):
            return False
        if not self.vu.is_valid() or self.vu.cleaned_data["dernier"] != self.dernier:
            self._dire_ce_qui_vaut()
        elif not (self.modifications() or self.avenant.cleaned_data["changements"]):
            self.avenant.add_error(None, self.sans_effet)
        return self.avenant.is_valid()

    def _dire_ce_qui_vaut(self):
        """Another was signed meanwhile: beside what was typed, what stands now."""
        for _, form in self.blocs:
            for nom in changes(form):
                form[nom].help_text = f"Vaut aujourd’hui : {_montre(form, nom) or 'rien'}"
        self.vu = DernierForm(prefix="vu", initial={"dernier": self.dernier})
        self.avenant.add_error(
            None,
            "Un autre avenant a été signé pendant que vous écriviez. Rien n’est enregistré, rien "
            "de ce que vous avez saisi n’est perdu : sous chaque case qui diffère se lit ce qui "
            "vaut aujourd’hui. Comparez, puis enregistrez de nouveau.",
        )


class Saisie(SaisieAvenant):
    """An avenant of a convention: the convention after it, each engagement after it."""

    sans_effet = (
        "Cet avenant ne change rien : modifiez l’objet, une date, un montant ou une échéance, ou "
        "dites ce qu’il change."
    )

    def __init__(self, convention, user, donnees=None):
        super().__init__(convention, AvenantForm(donnees, prefix="avenant"), donnees)
        self.apres = ApresForm(
            donnees, prefix="convention", instance=Convention.objects.get(pk=convention.pk)
        )
        self.engagements = [
            EngagementForm(donnees, prefix=f"engagement-{e.pk}", instance=e)
            for e in convention.engagements.order_by("numero")
        ]

    @property
    def blocs(self):
        return [("La convention après l’avenant", self.apres)] + [
            (f"Engagement {un.instance.numero} : {un.instance.intitule}", un)
            for un in self.engagements
        ]

    def modifications(self):
        lignes = [_ligne(self.apres, nom) for nom in changes(self.apres)]
        for formulaire in self.engagements:
            lignes += [
                _ligne(formulaire, nom, engagement=formulaire.instance)
                for nom in changes(formulaire)
            ]
        return lignes

    def signer(self):
        """Write the avenant, what it changed, and the convention as it now stands."""
        modifications = self.modifications()
        avenant = self.avenant.save(commit=False)
        avenant.convention = self.objet
        ecrire(avenant, self.objet.avenants, modifications)
        for formulaire in [self.apres, *self.engagements]:
            if formulaire.has_changed():
                formulaire.save()
        return avenant


def dernier_numero(avenants):
    return max(avenants.values_list("numero", flat=True), default=0)


def _montre(form, nom):
    """What this field showed, as its page writes it."""
    champ = form.fields[nom]
    initial = form.get_initial_for_field(champ, nom)
    if choix := dict(getattr(champ, "choices", ())):
        return choix.get(initial, "")
    return champ.widget.format_value(champ.prepare_value(initial))


def ecrire(avenant, precedents, modifications):
    """Number this avenant after those before it, and write it with what it changes, in order."""
    avenant.numero = dernier_numero(precedents) + 1
    avenant.save()
    for ordre, modification in enumerate(modifications, start=1):
        modification.avenant, modification.ordre = avenant, ordre
        modification.save()


def changes(formulaire):
    """A field typed again as it stood is no change."""
    return [
        nom
        for nom in formulaire.changed_data
        if formulaire.get_initial_for_field(formulaire.fields[nom], nom)
        != formulaire.cleaned_data[nom]
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
