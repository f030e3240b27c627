"""What a person proposes to change, typed beside what stands; read as a proposition."""

from django import forms
from django.db.models import Q

from programme.fiches import champs
from programme.fiches.admin.forms import MontantEcrit, axes_proposes
from programme.fiches.models import FicheAction, Financement, Modification
from programme.fiches.modifications import proposition as p
from programme.partenaires.models import Partenaire
from territoires.formulaires import FormulaireIntact
from territoires.geographie.models import Intercommunalite

VIDES = 2  # lines to fill, under those that are there
PLUSIEURS = ("intercommunalites", "partenaires")


def _jour(**options):
    saisie = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=saisie, required=False, **options)


def _montant(**options):
    return MontantEcrit(max_digits=12, decimal_places=2, **options)


def _ecrit(champ, **options):
    if champ.name in PLUSIEURS:
        options["widget"] = forms.CheckboxSelectMultiple
    elif champ.get_internal_type() == "DateField":
        options["widget"] = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    elif champ.get_internal_type() == "TextField":
        options["widget"] = forms.Textarea({"rows": 5, "cols": 80})
    elif champ.name == "cout_total":
        options["form_class"] = MontantEcrit
    formulaire = champ.formfield(**options)
    formulaire.help_text = ""  # what it is for was said when the fiche was written
    return formulaire


class ChampsForm(FormulaireIntact):
    """The fields of the fiche, as they would be; its instance is never saved."""

    class Meta:
        model = FicheAction
        fields = champs.decides()
        formfield_callback = _ecrit

    def __init__(self, *args, fiche, propose, **kwargs):
        self.fiche = fiche
        voulus = propose.get("champs", {})
        choisis = {
            nom: p.lire(nom, voulus[nom]) if nom in voulus else list(getattr(fiche, nom).all())
            for nom in PLUSIEURS
        }
        instance = p.projeter(fiche, propose)
        super().__init__(*args, instance=instance, initial=choisis, prefix="fiche", **kwargs)
        self.fields["axe"].queryset = axes_proposes(fiche)
        self.fields["intercommunalites"].queryset = intercommunalites_proposees(
            fiche, choisis["intercommunalites"]
        )
        for nom, champ in self.fields.items():
            champ.present = champs.ecrire(fiche, nom)

    def champs(self):
        """What differs from the fiche."""
        dits = {}
        for nom, valeur in self.cleaned_data.items():
            if nom in PLUSIEURS:
                valeur = sorted(getattr(objet, p.CLES[nom][1]) for objet in valeur)
            elif nom == "axe":
                valeur = valeur and valeur.code
            valeur = p.en_clair(valeur)
            if valeur != p.valeur_de(self.fiche, nom):
                dits[nom] = valeur
        return dits


def intercommunalites_proposees(fiche, choisies):
    """Those of the territoire, and those that the fiche or the proposition already names."""
    perimetre = fiche.territoire.perimetre_courant
    sirens = perimetre.sirens_concernes() if perimetre else ()
    deja = [*fiche.intercommunalites.all(), *choisies]
    siennes = Q(pk__in=list(sirens)) | Q(pk__in=[une.pk for une in deja])
    return Intercommunalite.objects.filter(siennes).order_by("nom")


class LigneForm(forms.Form):
    """A line of the plan as decided: its new amount, or its end."""

    montant = _montant(label="Montant proposé", required=False)
    retirer = forms.BooleanField(label="Retirer cette ligne", required=False)

    def __init__(self, *args, ligne, voulue, **kwargs):
        self.ligne = ligne
        initial = {"montant": ligne.montant}
        if voulue:
            initial = {"montant": p.montant_de(voulue), "retirer": voulue["geste"] == p.RETRAIT}
        super().__init__(*args, initial=initial, prefix=f"ligne-{ligne.pk}", **kwargs)

    def clean(self):
        donnees = super().clean()
        muet = donnees.get("montant") is None and "montant" not in self.errors
        if muet and not donnees.get("retirer"):
            self.add_error("montant", "Donnez le montant, ou cochez « Retirer cette ligne ».")
        return donnees

    def dite(self):
        """The line of the proposition; None when it stays as it is."""
        if self.cleaned_data["retirer"]:
            return p.decrire_ligne(self.ligne) | {"geste": p.RETRAIT}
        montant = self.cleaned_data["montant"]
        if montant == self.ligne.montant:
            return None
        return p.decrire_ligne(self.ligne) | {"geste": p.CHANGE, "montant": p.en_clair(montant)}


class NouvelleLigneForm(forms.Form):
    financeur = forms.CharField(label="Nouveau financeur", max_length=150, required=False)
    partenaire = forms.ModelChoiceField(
        Partenaire.objects.all(), label="Partenaire du programme", required=False
    )
    montant = _montant(label="Montant", required=False)
    statut = forms.ChoiceField(label="Statut", choices=Financement.Statut)

    def clean(self):
        donnees = super().clean()
        if donnees.get("financeur") and donnees.get("montant") is None:
            if "montant" not in self.errors:
                self.add_error("montant", "Donnez le montant.")
        elif donnees.get("montant") is not None and not donnees.get("financeur"):
            self.add_error("financeur", "Nommez le financeur.")
        return donnees

    def dite(self):
        donnees = self.cleaned_data
        if not donnees["financeur"]:
            return None
        partenaire = donnees["partenaire"]
        return {
            "financeur": donnees["financeur"],
            "statut": donnees["statut"],
            "partenaire": partenaire and partenaire.identifiant,
            "montant": p.en_clair(donnees["montant"]),
            "geste": p.AJOUT,
        }


class EtapeForm(forms.Form):
    """A step to come: its new name or dates, or its end."""

    intitule = forms.CharField(label="Étape", max_length=200)
    debut = _jour(label="Début")
    fin = _jour(label="Fin")
    retirer = forms.BooleanField(label="Retirer cette étape", required=False)

    def __init__(self, *args, etape=None, voulue=None, **kwargs):
        self.etape = etape
        if etape:
            kwargs["prefix"] = f"etape-{etape.pk}"
            noms = ("intitule", "debut", "fin")
            kwargs["initial"] = {nom: getattr(etape, nom) for nom in noms}
        if voulue:
            retire = {"retirer": voulue["geste"] == p.RETRAIT}
            kwargs["initial"] = p.valeurs_d_etape(voulue) | retire
        super().__init__(*args, **kwargs)
        if etape is None:
            self.fields["intitule"].required = False
            del self.fields["retirer"]

    def clean(self):
        donnees = super().clean()
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and fin and fin < debut:
            self.add_error("fin", "La fin ne peut pas précéder le début.")
        if (debut or fin) and not donnees.get("intitule") and "intitule" not in self.errors:
            self.add_error("intitule", "Nommez l’étape.")
        return donnees

    def dite(self):
        donnees = self.cleaned_data
        ligne = {nom: p.en_clair(donnees[nom]) for nom in ("intitule", "debut", "fin")}
        if self.etape is None:
            ligne = {"ordre": None, **ligne, "geste": p.AJOUT}
            return ligne if ligne["intitule"] else None
        present = p.decrire_etape(self.etape)
        if donnees["retirer"]:
            return present | {"geste": p.RETRAIT}
        propose = {"ordre": self.etape.ordre, **ligne}
        return None if propose == present else propose | {"geste": p.CHANGE}


class MotifForm(forms.ModelForm):
    vu = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Modification
        fields = ["motif"]
        widgets = {"motif": forms.Textarea({"rows": 3, "cols": 80})}


class Saisie:
    """All the forms of one page: why, the fields, the plan, the steps to come."""

    def __init__(self, fiche, modification=None, donnees=None):
        propose = modification.propose if modification else {}
        initial = {"motif": modification.motif, "vu": modification.version} if modification else {}
        self.motif = MotifForm(donnees, initial=initial)
        self.champs = ChampsForm(donnees, fiche=fiche, propose=propose)
        self.lignes = self._lignes(fiche, propose, donnees)
        self.etapes = self._etapes(fiche, propose, donnees)
        self.nouvelles = self._nouvelles(
            NouvelleLigneForm, "nouvelle", donnees, propose.get("financements", ()), _ligne_ajoutee
        )
        self.etapes_ajoutees = self._nouvelles(
            EtapeForm, "etape-nouvelle", donnees, propose.get("etapes", ()), p.valeurs_d_etape
        )

    def _lignes(self, fiche, propose, donnees):
        voulues = {
            (x["financeur"], x["statut"]): x
            for x in propose.get("financements", ())
            if x["geste"] != p.AJOUT
        }
        return [
            LigneForm(donnees, ligne=ligne, voulue=voulues.get(p.cle_de_ligne(ligne)))
            for ligne in p.du_plan(fiche)
        ]

    def _etapes(self, fiche, propose, donnees):
        voulues = {x["ordre"]: x for x in propose.get("etapes", ()) if x["geste"] != p.AJOUT}
        return [
            EtapeForm(donnees, etape=etape, voulue=voulues.get(etape.ordre))
            for etape in p.a_venir(fiche)
        ]

    def _nouvelles(self, Formulaire, prefixe, donnees, lignes, initial):
        """One form for each line that is added, then some to fill."""
        ajouts = [initial(x) for x in lignes if x["geste"] == p.AJOUT]
        nombre = len(ajouts) + VIDES
        if donnees is not None:  # as many as the page showed
            nombre = 0
            while any(nom.startswith(f"{prefixe}-{nombre}-") for nom in donnees):
                nombre += 1
        ajouts += [{}] * (nombre - len(ajouts))
        return [
            Formulaire(
                donnees,
                initial=valeurs,
                prefix=f"{prefixe}-{rang}",
                use_required_attribute=False,
            )
            for rang, valeurs in enumerate(ajouts[:nombre])
        ]

    @property
    def tous(self):
        return [
            self.motif,
            self.champs,
            *self.lignes,
            *self.nouvelles,
            *self.etapes,
            *self.etapes_ajoutees,
        ]

    def est_valide(self):
        valides = [formulaire.is_valid() for formulaire in self.tous]  # each says what is wrong
        return all(valides)

    def proposition(self):
        financements = [form.dite() for form in (*self.lignes, *self.nouvelles)]
        etapes = [form.dite() for form in (*self.etapes, *self.etapes_ajoutees)]
        dits = {
            "champs": self.champs.champs(),
            "financements": [ligne for ligne in financements if ligne],
            "etapes": [etape for etape in etapes if etape],
        }
        return {nom: valeur for nom, valeur in dits.items() if valeur}


def _ligne_ajoutee(ligne):
    partenaire = Partenaire.objects.filter(identifiant=ligne["partenaire"]).first()
    return {
        "financeur": ligne["financeur"],
        "partenaire": partenaire and partenaire.pk,
        "montant": p.montant_de(ligne),
        "statut": ligne["statut"],
    }
