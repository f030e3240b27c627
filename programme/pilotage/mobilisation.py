"""What the conventions come to: money mobilised in the régions, engagements to follow up."""

from collections import defaultdict

import django_filters as filtres
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Sum
from django.http import Http404, StreamingHttpResponse
from django.utils import timezone
from django.views.generic import TemplateView, View

from echanges.dialectes import DIALECTES, neutraliser
from echanges.exports.csv import encoder
from programme.fiches.models import Financement
from programme.partenaires.models import Convention, Engagement, Partenaire
from territoires.geographie.models import Region
from territoires.liste_publique import ListePublique

REGIONS = "fiche__territoire__perimetre_courant__regions"


def financements_mobilises():
    """Lines acquired from a partenaire under convention, in the plans of public fiches."""
    return Financement.objects.du_public().filter(
        statut=Financement.Statut.ACQUIS,
        partenaire__in=Convention.objects.du_public().values("partenaire"),
    )


def matrice():
    """(partenaires, [(région, [amount or None])], [total of each partenaire], total), in euros.

    A fiche of an interrégional territoire counts in each région it touches, once in the totals.
    """
    lignes = financements_mobilises().order_by()
    signataires = Convention.objects.du_public().values("partenaire")
    partenaires = list(Partenaire.objects.filter(pk__in=signataires))
    montants = defaultdict(dict)
    for region, partenaire, montant in lignes.values_list(REGIONS, "partenaire").annotate(
        montant=Sum("montant")
    ):
        montants[region][partenaire] = montant
    totaux = dict(lignes.values_list("partenaire").annotate(montant=Sum("montant")))
    rangees = [
        (region, [(p, montants[region.pk].get(p.pk)) for p in partenaires])
        for region in Region.objects.filter(pk__in=[pk for pk in montants if pk])
    ]
    return partenaires, rangees, [totaux.get(p.pk) for p in partenaires], sum(totaux.values())


class Mobilisation(TemplateView):
    template_name = "programme/pilotage/mobilisation.html"

    def get_context_data(self, **kwargs):
        partenaires, rangees, totaux, total = matrice()
        return super().get_context_data(
            partenaires=partenaires,
            rangees=rangees,
            totaux=totaux,
            total=total,
            dialectes=DIALECTES,
            **kwargs,
        )


class MobilisationFilter(filtres.FilterSet):
    partenaire = filtres.ModelChoiceFilter(
        queryset=Partenaire.objects.all(), to_field_name="identifiant", label="Partenaire"
    )
    region = filtres.ModelChoiceFilter(
        queryset=Region.objects.all(), field_name=REGIONS, label="Région"
    )

    class Meta:
        model = Financement
        fields = []


class ListeMobilisation(ListePublique):
    """The lines behind a cell of the matrix."""

    titre = "Financements mobilisés"
    filterset_class = MobilisationFilter
    template_name = "programme/pilotage/financements_mobilises.html"
    tris = {
        "-montant": ("Montant le plus élevé", "-montant"),
        "montant": ("Montant le moins élevé", "montant"),
        "fiche": ("Fiche", "fiche__titre"),
    }

    def get_queryset(self):
        return financements_mobilises().select_related("partenaire", "fiche__territoire")

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        total = self.object_list.order_by().aggregate(total=Sum("montant"))["total"]
        noms = {"nom_singulier": "financement", "nom_pluriel": "financements mobilisés"}
        return contexte | noms | {"total": total}


class TelechargerMobilisation(View):
    def get(self, request, dialecte):
        if dialecte not in DIALECTES:
            raise Http404("Ce fichier n’existe pas.")
        dialecte = DIALECTES[dialecte]
        lignes = [["region", "nom_region", "partenaire", "nom_partenaire", "montant"]]
        for region, cellules in matrice()[1]:
            for partenaire, montant in cellules:
                if montant is not None:
                    noms = [region.nom, partenaire.identifiant, partenaire.nom]
                    somme = f"{montant:.2f}".replace(".", "," if dialecte.virgule else ".")
                    lignes.append([region.pk, *map(neutraliser, noms), somme])
        return StreamingHttpResponse(
            [dialecte.bom, encoder(lignes, dialecte)],
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="mobilisation.csv"'},
        )


class EngagementsASuivre(PermissionRequiredMixin, TemplateView):
    """For agents: engagements that fall due, are late or silent."""

    permission_required = "programme.view_convention"
    template_name = "programme/pilotage/engagements_a_suivre.html"

    def get_context_data(self, **kwargs):
        aujourdhui = timezone.localdate()
        engagements = (
            Engagement.objects.for_user(self.request.user)
            .a_suivre(aujourdhui)
            .select_related("convention__partenaire")
            .order_by("echeance", "convention", "numero")
        )
        return super().get_context_data(
            engagements=[(e, e.alertes(aujourdhui)) for e in engagements], **kwargs
        )
