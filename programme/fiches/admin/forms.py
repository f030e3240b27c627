"""The form of a fiche: what it accepts, what it proposes, and how it says no."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from programme.partenaires.models import Axe, Partenaire, Phase
from programme.themes.forms import AvecThemes
from territoires.formulaires import FormulaireIntact
from territoires.nombres import MONTANTS as MONTANTS
from territoires.nombres import NOMBRES as NOMBRES
from territoires.nombres import MontantEcrit as MontantEcrit


class FicheForm(AvecThemes, FormulaireIntact):
    template_name_label = "admin/programme/ficheaction/label.html"
    dits = ("titre", "contexte", "objectifs", "description", "resultats_attendus")

    proposes = forms.ModelMultipleChoiceField(
        Partenaire.objects.all(),
        label="Offres pour cet axe",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Cochez les partenaires à ajouter : leurs offres répondent à l’axe choisi.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for nom in self.instance.ATTENDUS if self.instance.est_modifiable else ():
            if nom in self.fields:
                self.fields[nom].attendu = True
        for champ in self.fields.values():
            if isinstance(champ.widget, forms.Textarea):
                champ.widget.attrs["rows"] = 5
        if "axe" in self.fields:
            self.fields["axe"].queryset = axes_proposes(self.instance)
        for nom in {"intercommunalites", "partenaires"} & self.fields.keys():
            choix = self.fields[nom].widget
            lus = {str(ligne.pk): ligne for ligne in self.initial.get(nom, ())}
            getattr(choix, "widget", choix).lus = lus
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


class FinancementForm(FormulaireIntact):
    """A partenaire that is chosen gives its name to the line that says none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "financeur" in self.fields:  # not for those who only read
            self.fields["financeur"].required = False

    def clean(self):
        donnees = super().clean()
        if "financeur" in donnees and not donnees["financeur"]:
            if partenaire := donnees.get("partenaire"):
                donnees["financeur"] = partenaire.nom
            else:
                self.add_error("financeur", "Écrivez le nom du financeur, ou choisissez-le.")
        return donnees


def partenaires_a_choisir(fiche, partenaires):
    """Choices of the partenaire of a line: first those who have an offer for the fiche's axe."""
    lignes = list(partenaires.order_by("nom").values_list("pk", "nom"))
    offrent = {pk for pk, _ in offres_de_l_axe(fiche)}
    siens = [ligne for ligne in lignes if ligne[0] in offrent]
    autres = [ligne for ligne in lignes if ligne[0] not in offrent]
    if not siens:
        return [("", "Aucun"), *autres]
    return [("", "Aucun"), ("Ont une offre pour cet axe", siens), ("Les autres", autres)]


def axes_proposes(fiche):
    """The axes of the programme's present phase, and the one that the fiche already has."""
    aujourdhui = timezone.localdate()
    phase = Phase.objects.filter(debut__lte=aujourdhui).order_by("-debut").values("pk")[:1]
    return Axe.objects.filter(Q(phase__in=phase) | Q(pk=fiche.axe_id)).select_related("phase")


def offres_de_l_axe(fiche):
    """{(key, name) of a partenaire: titles of its offers for the fiche's axe}, read once."""
    if not fiche.axe_id:
        return {}
    connues = vars(fiche).setdefault("_offres_de_l_axe", {})
    if fiche.axe_id not in connues:
        lignes = Partenaire.objects.filter(offres__axes=fiche.axe_id)
        offres = connues[fiche.axe_id] = {}
        for pk, nom, intitule in lignes.values_list("pk", "nom", "offres__intitule"):
            offres.setdefault((pk, nom), []).append(intitule)
    return connues[fiche.axe_id]


def offres_proposees(fiche):
    """[(partenaire, its name and offers for the fiche's axe)] of those not yet chosen."""
    if not fiche.pk:
        return []
    offres = offres_de_l_axe(fiche)
    deja = {partenaire.pk for partenaire in fiche.partenaires.all()} if offres else set()
    return [(pk, f"{nom} : {', '.join(o)}") for (pk, nom), o in offres.items() if pk not in deja]
