"""The tables that the answer to a request for a complement may change, as forms."""

from django import forms

from programme.fiches.admin.forms import FinancementForm
from programme.fiches.admin.lignes import PlanDeFinancement
from programme.fiches.admin.obstacles import RangsDesObstacles
from programme.fiches.models import FicheAction
from programme.instruction import lignes
from territoires.formulaires import FormulaireIntact, LignesEnsemble, RangsAutomatiques
from territoires.nombres import MontantEcrit

VIDES = 2  # rows to fill, under those that are there
FORMULAIRES = {
    "financements": (FinancementForm, PlanDeFinancement),
    "etapes": (FormulaireIntact, RangsAutomatiques),
    "indicateurs": (FormulaireIntact, LignesEnsemble),
    "obstacles": (FormulaireIntact, RangsDesObstacles),
}


def jour(**attributs):
    return forms.DateInput({"type": "date", "class": "fr-input"} | attributs, format="%Y-%m-%d")


def ecrit(champ, **options):
    """A field of the fiche or of a line of its tables, as these pages ask for it."""
    genre = champ.get_internal_type()
    if genre == "DecimalField":
        options["form_class"] = MontantEcrit
    elif genre == "DateField":
        options["widget"] = jour()
    elif genre == "TextField":
        options["widget"] = forms.Textarea({"rows": 5})
    formulaire = champ.formfield(**options)
    classe = "fr-select" if isinstance(formulaire.widget, forms.Select) else "fr-input"
    if not isinstance(formulaire.widget, forms.CheckboxSelectMultiple):
        formulaire.widget.attrs.setdefault("class", classe)
    return formulaire


def ensembles(demande, fiche, data=None):
    """{table: the forms of its lines}, of what this request names and nothing else."""
    return {
        table: _ensemble(table, cles, fiche, data)
        for table, cles in lignes.nommees(demande).items()
    }


def _ensemble(table, cles, fiche, data):
    entiere = cles is None
    formulaire, ensemble = FORMULAIRES[table]
    classe = forms.inlineformset_factory(
        FicheAction,
        lignes.modele(table),
        form=formulaire,
        formset=ensemble,
        fields=lignes.colonnes(table),
        formfield_callback=ecrit,
        extra=VIDES if entiere else 0,
        can_delete=entiere,
        edit_only=not entiere,
    )
    rows = getattr(fiche, table).all()
    if not entiere:
        rows = rows.filter(pk__in=lignes.choisir(table, rows, cles))
    groupe = classe(data, instance=fiche, prefix=table, queryset=rows)
    groupe.titre = lignes.libelle(table)
    return groupe
