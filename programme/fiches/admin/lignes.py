"""The tables of a fiche in its form: a first empty row stands in each, and writes nothing as is."""

from django.urls import reverse
from django.utils.functional import cached_property

from programme.fiches import champs
from programme.fiches.admin.forms import MONTANTS, NOMBRES, FinancementForm, partenaires_a_choisir
from programme.fiches.admin.obstacles import suit
from programme.fiches.models import Etape, Financement, Indicateur, PieceJointe
from territoires.administration import LignesDeFichiers, LignesTabulaires
from territoires.formulaires import LignesEnsemble, RangsAutomatiques

MESURES = champs.noms(champs.INDICATEUR, par=champs.Par.MESURE)


class PlanDeFinancement(LignesEnsemble):
    """The partenaires are read once for all the rows; those who have an offer come first."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if champ := form.fields.get("partenaire"):
            champ.choices = self._choix

    def _choix(self):
        return self._partenaires

    @cached_property
    def _partenaires(self):
        return partenaires_a_choisir(self.instance, self.form.base_fields["partenaire"].queryset)


class Financements(LignesTabulaires):
    model = Financement
    form = FinancementForm
    formset = PlanDeFinancement
    extra = 1
    fields = ["partenaire", "financeur", "montant", "statut"]
    formfield_overrides = MONTANTS
    template = "admin/programme/ficheaction/financements.html"

    def get_queryset(self, request):
        """With the partenaire that a closed line names, and the engagement it is taken on."""
        return super().get_queryset(request).select_related("partenaire", "engagement__convention")


def sans_le_suivi(noms, fiche, *suivis):
    """What is noted from the decision on is not asked before."""
    decidee = fiche is not None and fiche.est_du_public
    return noms if decidee else [nom for nom in noms if nom not in suivis]


class Etapes(LignesTabulaires):
    model = Etape
    formset = RangsAutomatiques
    extra = 1
    fields = ["ordre", "intitule", "debut", "fin", "faite", "faite_le"]

    def get_fields(self, request, obj=None):
        return sans_le_suivi(super().get_fields(request, obj), obj, "faite", "faite_le")


class Indicateurs(LignesTabulaires):
    """Measures are entered after the decision; what is measured stays as it was decided."""

    model = Indicateur
    extra = 1
    fields = ["libelle", "unite", "cible", *MESURES]
    formfield_overrides = NOMBRES

    def has_change_permission(self, request, obj=None):
        mesure = obj is not None and request.user.has_perm(champs.Par.MESURE, obj)
        return mesure or super().has_change_permission(request, obj)

    def get_fields(self, request, obj=None):
        return sans_le_suivi(super().get_fields(request, obj), obj, *MESURES)

    def get_readonly_fields(self, request, obj=None):
        if obj and not request.user.has_perm(champs.Par.TERRITOIRE, obj):
            return champs.noms(champs.INDICATEUR, par=champs.Par.TERRITOIRE)
        return []


class Pieces(LignesDeFichiers):
    """Documents come at any time after the decision; those that are there stay."""

    model = PieceJointe
    extra = 1
    fields = ["titre", "telecharger", "fichier"]

    def has_add_permission(self, request, obj=None):
        return suit(request, obj) or super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return suit(request, obj) or super().has_change_permission(request, obj)

    def adresse(self, piece):
        return reverse("piece-jointe", args=[piece.fiche.reference, piece.pk])
