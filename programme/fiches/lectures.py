"""What the public page of a fiche reads beside it, each query written once in the process."""

from programme.fiches.models import (
    Etape,
    FicheAction,
    Financement,
    Indicateur,
    MouvementFinancier,
    Nouvelle,
    Passage,
)
from programme.partenaires.models import Partenaire
from programme.themes.models import Theme
from territoires.ecrites import ecrite
from territoires.geographie.models import Intercommunalite


@ecrite
def publique(reference):
    """The fiche of this reference, if anybody may read it."""
    return page(FicheAction.objects.du_public()).filter(reference=reference)


def page(fiches):
    """These, with what stands at the head of their page."""
    return fiches.select_related("territoire__perimetre_courant", "axe__phase", "dernier_envoi")


@ecrite
def passages(fiche):
    return Passage.objects.filter(fiche=fiche)


@ecrite
def passages_signes(fiche):
    return Passage.objects.filter(fiche=fiche).select_related("auteur")


@ecrite
def themes(fiche):
    return Theme.objects.filter(fiches=fiche)


@ecrite
def partenaires(fiche):
    return Partenaire.objects.filter(fiches=fiche)


@ecrite
def intercommunalites(fiche):
    return Intercommunalite.objects.filter(fiches=fiche)


@ecrite
def financements(fiche):
    return Financement.objects.filter(fiche=fiche).select_related("partenaire")


@ecrite
def mouvements(fiche):
    """Those that count."""
    return MouvementFinancier.objects.valables().filter(financement__fiche=fiche)


@ecrite
def etapes(fiche):
    return Etape.objects.filter(fiche=fiche).prefetch_related("reports")


@ecrite
def indicateurs(fiche):
    return Indicateur.objects.filter(fiche=fiche)


@ecrite
def nouvelles_publiques(fiche):
    return Nouvelle.objects.du_public().filter(fiche=fiche)
