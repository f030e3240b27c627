"""What the conventions come to: money mobilised, région by région and partenaire by partenaire."""

from collections import defaultdict

from programme.fiches.models import FicheAction, Financement
from programme.partenaires.models import Convention, Partenaire
from territoires.geographie.models import Region

REGIONS = "fiche__territoire__perimetre_courant__regions"


def financements_mobilises():
    """Lines acquired from a partenaire under convention, in the plans of public fiches."""
    return Financement.objects.acquis().filter(
        fiche__in=FicheAction.objects.du_public(),
        partenaire__in=Convention.objects.du_public().values("partenaire"),
    )


def matrice():
    """(partenaires, [(région, [amount or None])], [total of each partenaire], total), in euros.

    A fiche of an interrégional territoire counts in each région it touches, once in the totals.
    """
    lignes = financements_mobilises()
    partenaires = list(Partenaire.objects.filter(conventions__publiee=True).distinct())
    montants = defaultdict(dict)
    for (region, partenaire), sommes in lignes.sommes_par(REGIONS, "partenaire").items():
        montants[region][partenaire] = sommes.acquis
    totaux = {pk: sommes.acquis for (pk,), sommes in lignes.sommes_par("partenaire").items()}
    rangees = [
        (region, [(p, montants[region.pk].get(p.pk)) for p in partenaires])
        for region in Region.objects.filter(pk__in=[pk for pk in montants if pk])
    ]
    return partenaires, rangees, [totaux.get(p.pk) for p in partenaires], sum(totaux.values())
