"""A new brouillon from a fiche that exists: what is said again, what starts afresh."""

from django.db import transaction

from programme.fiches.champs import FICHE, PAR_MODELE, Usage, noms
from programme.fiches.models import Etape, FicheAction, Financement, Indicateur, Obstacle
from programme.fiches.partage import region_qui_saisit


@transaction.atomic
def dupliquer(fiche, *, territoire, agent):
    """A brouillon of this territoire; no avis, attachment, answer or measure goes with it."""
    copie = FicheAction(
        titre=f"Copie de {fiche.titre}"[:200],
        territoire=territoire,
        created_by=agent,
        saisie_par=region_qui_saisit(agent, territoire),
        **_repris(fiche),
    )
    copie.save()
    usages = Usage.COPIE
    if territoire == fiche.territoire:
        usages |= Usage.COPIE_SUR_PLACE
    for nom in noms(FICHE, usages):
        if FicheAction._meta.get_field(nom).many_to_many:
            getattr(copie, nom).set(getattr(fiche, nom).all())
    Financement.objects.bulk_create(_financements(fiche, copie))
    Etape.objects.bulk_create(Etape(fiche=copie, **_repris(e)) for e in fiche.etapes.all())
    Indicateur.objects.bulk_create(
        Indicateur(fiche=copie, **_repris(i)) for i in fiche.indicateurs.all()
    )
    Obstacle.objects.bulk_create(Obstacle(fiche=copie, **_repris(o)) for o in fiche.obstacles.all())
    return copie


def _repris(objet):
    """{field: value} of what a copy says again."""
    return {
        nom: getattr(objet, nom)
        for nom in noms(PAR_MODELE[objet._meta.model_name], Usage.COPIE)
        if not objet._meta.get_field(nom).many_to_many
    }


def _financements(fiche, copie):
    """Nothing is acquired yet for a new action: one line asked for, each financeur."""
    lignes = {}
    for ligne in fiche.financements.select_related("partenaire"):
        vide = Financement(fiche=copie, **_repris(ligne) | {"montant": 0})
        deja = lignes.setdefault(ligne.financeur, vide)
        deja.montant += ligne.montant
    return lignes.values()
