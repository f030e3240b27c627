"""The forms of the page where a fiche is examined, one a kind of act."""

from django import forms
from django.utils.text import capfirst

from programme.fiches.champs import FICHE
from programme.fiches.models import FicheAction
from programme.fichiers import valider_fichier
from programme.instruction import examen, lignes, tenue
from programme.instruction.forms_lignes import ecrit, ensembles, jour
from programme.instruction.models import (
    PIECES,
    AvisTechnique,
    DemandeComplement,
    NoteInterne,
    PointDeControle,
    demandables,
)
from programme.partenaires.models import Partenaire
from territoires.administration import SurUneCopie
from territoires.agents.models import Agent
from territoires.formulaires import FormulaireIntact
from territoires.geographie.models import Intercommunalite

TEXTE = {"rows": 5, "class": "fr-input"}


class AvisForm(forms.ModelForm):
    geste = "technique"

    class Meta:
        model = AvisTechnique
        fields = ["sens", "texte"]
        widgets = {
            "sens": forms.Select({"class": "fr-select"}),
            "texte": forms.Textarea(TEXTE),
        }

    def __init__(self, fiche, agent, data=None):
        super().__init__(data, prefix=self.geste)
        self.fiche, self.agent = fiche, agent

    def faire(self):
        examen.donner_son_avis(self.fiche, agent=self.agent, **self.cleaned_data)
        return "Votre avis technique est enregistré, et ceux qui instruisent la fiche prévenus."


class ComplementForm(forms.ModelForm):
    geste = "complement"
    champs = forms.MultipleChoiceField(
        label="Rubriques que la réponse peut changer",
        choices=demandables,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucune : le territoire répond sans rien changer de la fiche.",
    )
    lignes = forms.MultipleChoiceField(
        label="Ou ces lignes seulement",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Le territoire ne touche alors à aucune autre ligne, et n’en ajoute pas.",
    )

    class Meta:
        model = DemandeComplement
        fields = ["question", "champs", "lignes", "attendue_le"]
        widgets = {"question": forms.Textarea(TEXTE), "attendue_le": jour()}

    def __init__(self, fiche, agent, data=None):
        super().__init__(data, prefix=self.geste)
        self.fiche, self.agent = fiche, agent
        self.decrites = lignes.a_choisir(fiche)
        self.fields["lignes"].choices = [
            (cle, f"{lignes.libelle(une['table'])} : {une['libelle']}")
            for cle, une in self.decrites.items()
        ]
        if not self.decrites:
            del self.fields["lignes"]

    def clean_lignes(self):
        return [self.decrites[cle] for cle in self.cleaned_data["lignes"]]

    def _post_clean(self):
        """The row is made, and judged, under the lock of its fiche."""

    def faire(self):
        examen.demander(self.fiche, agent=self.agent, **self.cleaned_data)
        return "Le complément est demandé au territoire, qui est prévenu. La fiche reste transmise."


class MessageForm(forms.Form):
    geste = "message"
    texte = forms.CharField(
        label="Votre message",
        max_length=5000,
        widget=forms.Textarea(TEXTE),
        help_text="Lu par ceux qui travaillent sur la fiche, jamais publié.",
    )

    def __init__(self, fiche, agent, data=None):
        super().__init__(data, prefix=self.geste)
        self.fiche, self.agent = fiche, agent

    def faire(self):
        tenue.ecrire(self.fiche, agent=self.agent, **self.cleaned_data)
        return "Votre message est envoyé."


class DeMaRegion(forms.Form):
    """Says for which région of the agent, when the fiche touches several of them."""

    region = forms.ModelChoiceField(
        None, label="Région", widget=forms.Select({"class": "fr-select"})
    )

    def __init__(self, fiche, agent, data=None):
        self.fiche, self.agent = fiche, agent
        self.regions = tenue.regions_tenues(fiche, agent)
        super().__init__(data, prefix=self.geste)
        self.fields["region"].queryset = agent.regions.filter(pk__in=[r.pk for r in self.regions])
        if len(self.regions) == 1:
            self.fields["region"].initial = self.regions[0].pk
            self.fields["region"].widget = forms.HiddenInput()


class NoteForm(DeMaRegion):
    geste = "note"
    texte = forms.CharField(
        label=capfirst(NoteInterne._meta.get_field("texte").verbose_name),
        max_length=5000,
        widget=forms.Textarea(TEXTE),
        help_text=NoteInterne._meta.get_field("texte").help_text,
    )

    def faire(self):
        tenue.noter(self.fiche, agent=self.agent, **self.cleaned_data)
        return "La note interne est enregistrée."


class AttributionForm(DeMaRegion):
    geste = "attribution"
    suivie_par = forms.ModelChoiceField(
        None,
        label="Fiche suivie par",
        required=False,
        empty_label="Personne en particulier",
        widget=forms.Select({"class": "fr-select"}),
    )

    def __init__(self, fiche, agent, data=None):
        super().__init__(fiche, agent, data)
        agents = Agent.objects.des_regions(self.regions)
        self.fields["suivie_par"].queryset = agents
        suivies = {a.region_id: a.agent_id for a in fiche.attributions.all()}
        self.fields["suivie_par"].initial = next(
            (suivies[r.pk] for r in self.regions if r.pk in suivies), None
        )

    def faire(self):
        tenue.attribuer(self.fiche, agent=self.agent, **self.cleaned_data)
        return "C’est noté."


class GrilleForm(forms.Form):
    geste = "grille"
    verifies = forms.ModelMultipleChoiceField(
        None,
        label="Points vérifiés",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, fiche, agent, data=None):
        super().__init__(data, prefix=self.geste)
        self.fiche, self.agent = fiche, agent
        codes = [r.pk for r in tenue.regions_tenues(fiche, agent)]
        points = PointDeControle.objects.filter(actif=True, region__in=codes)
        self.fields["verifies"].queryset = points
        self.fields["verifies"].initial = list(
            fiche.coches.filter(point__in=points).values_list("point", flat=True)
        )

    def faire(self):
        points = [point.pk for point in self.cleaned_data["verifies"]]
        coches, tous = tenue.cocher(self.fiche, agent=self.agent, points=points)
        return f"Grille enregistrée : {coches} sur {tous}."


class ReponseBase(SurUneCopie, FormulaireIntact):
    """The answer to a request, and the fields and tables that it names."""

    reponse = forms.CharField(
        label="Votre réponse", max_length=5000, widget=forms.Textarea(TEXTE), required=True
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    empreinte = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, demande, data=None, files=None):
        super().__init__(data, files, instance=demande.fiche)
        self.demande = demande
        self.fields["version"].initial = demande.fiche.version
        self.fields["empreinte"].initial = lignes.empreinte(demande.fiche, lignes.nommees(demande))
        self.ensembles = ensembles(demande, demande.fiche, data)
        if champ := self.fields.get("partenaires"):
            champ.queryset = Partenaire.objects.order_by("nom")
        if champ := self.fields.get("intercommunalites"):
            perimetre = demande.fiche.territoire.perimetre_courant
            sirens = perimetre.sirens_concernes() if perimetre else []
            champ.queryset = Intercommunalite.objects.filter(pk__in=sirens)

    def clean(self):
        donnees = super().clean()
        if donnees.get("piece_fichier") and not donnees.get("piece_titre"):
            self.add_error("piece_titre", "Donnez un titre à la pièce.")
        if donnees.get("piece_titre") and not donnees.get("piece_fichier"):
            self.add_error("piece_fichier", "Choisissez le fichier de la pièce.")
        return donnees

    def is_valid(self):
        valides = [super().is_valid(), *(un.is_valid() for un in self.ensembles.values())]
        return all(valides)  # each says what is wrong

    def faire(self, agent):
        donnees = self.cleaned_data
        noms = [nom for nom in self.demande.noms if nom in self.changed_data]
        piece = (donnees.get("piece_titre"), donnees.get("piece_fichier"))
        return examen.repondre(
            self.demande,
            reponse=donnees["reponse"],
            valeurs={nom: donnees[nom] for nom in noms},
            agent=agent,
            version=donnees["version"],
            piece=piece if piece[1] else None,
            tables={nom: un for nom, un in self.ensembles.items() if un.has_changed()},
            empreinte=donnees["empreinte"],
        )


def reponse_form(demande, data=None, files=None):
    """The form that answers this request: its fields are those that it names."""
    noms = [nom for nom in demande.noms if nom in FICHE]
    champs = {}
    if PIECES in demande.noms:
        champs["piece_titre"] = forms.CharField(
            label="Titre de la pièce",
            max_length=150,
            required=False,
            widget=forms.TextInput({"class": "fr-input"}),
        )
        champs["piece_fichier"] = forms.FileField(
            label="Pièce jointe",
            required=False,
            validators=[valider_fichier],
            widget=forms.FileInput({"class": "fr-upload"}),
            help_text="PDF, texte, tableur ou image, 20 Mo au plus.",
        )
    classe = forms.modelform_factory(
        FicheAction,
        form=type("ReponseForm", (ReponseBase,), champs),
        fields=noms,
        formfield_callback=ecrit,
    )
    return classe(demande, data, files)
