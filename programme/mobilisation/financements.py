"""What the conventions come to: money mobilised, région by région and partenaire by partenaire."""

from collections import defaultdict

from programme.fiches.models import FicheAction, Financement
from programme.fiches.models.plans import Sommes
from programme.partenaires.models import Convention, Engagement, Partenaire
from territoires.ecrites import ecrite
from territoires.geographie.models import Region
from territoires.publics import cles_publiques

REGIONS = "fiche__territoire__perimetre_courant__regions"


def financements_mobilises():
    """Lines of public fiches on which a partenaire under convention granted or paid something."""
    return Financement.objects.acquis().filter(
        fiche__in=cles_publiques(FicheAction),
        partenaire__in=cles_publiques(Convention, "partenaire"),
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


def promis_et_tenu(partenaire):
    """What the public conventions of a partenaire promise beside what it granted and paid.

    Euros, and its lines in public fiches: each says on which fiche the money went.
    """
    engagements = engagements_tenus(_engagements_du_partenaire(partenaire.pk))
    promis = [e.montant for e in engagements if e.montant is not None]
    return {
        "promis": sum(promis) if promis else None,
        "engagements": engagements,
        **_argent(_lignes_du_partenaire(partenaire.pk)),
    }


@ecrite
def _engagements_du_partenaire(partenaire):
    publics = Engagement.objects.du_public().filter(convention__partenaire=partenaire)
    publics = publics.select_related("convention")
    return publics.order_by("-convention__signee_le", "convention__reference", "numero")


def engagements_tenus(engagements):
    """These; each says as `tenu` what its public lines come to."""
    if not engagements:
        return []
    lignes = Financement.objects.du_public().filter(engagement__in=[e.pk for e in engagements])
    sommes = lignes.sommes_par("engagement")
    for engagement in engagements:
        engagement.tenu = sommes.get((engagement.pk,), Sommes())
    return engagements


def argent_de(engagement):
    """What was granted and paid on an engagement, down to the lines of public fiches."""
    return {"promis": engagement.montant, **_argent(_lignes_de_l_engagement(engagement.pk))}


@ecrite
def _lignes_du_partenaire(partenaire):
    return _lignes(Financement.objects.filter(partenaire=partenaire))


@ecrite
def _lignes_de_l_engagement(engagement):
    return _lignes(Financement.objects.filter(engagement=engagement))


def _lignes(financements):
    lignes = financements.du_public().select_related(
        "fiche__territoire", "partenaire", "engagement__convention"
    )
    return lignes.order_by("fiche__titre", "pk")


def _argent(lignes):
    return {"lignes": lignes, "sommes": Sommes.des_lignes(lignes)}
