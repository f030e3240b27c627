"""What became of an action: its measures, and the news of it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from programme.courriels.models import Courriel
from programme.ecritures import jour
from programme.fiches.champs import Par
from programme.fiches.models import FicheAction, Indicateur, Mesure
from programme.fiches.nouvelles import agents_qui_suivent, prevenir


@transaction.atomic
def mesurer(indicateur, *, mesure_le, valeur, agent, commentaire=""):
    """Add one value to the series, or correct that of the same day.

    Raises PermissionDenied unless the fiche is followed by this agent.
    """
    fiche = FicheAction.objects.select_for_update().get(pk=indicateur.fiche_id)
    if not agent.has_perm(Par.MESURE, fiche):
        raise PermissionDenied("Cet indicateur n’est pas à mesurer par vous en ce moment.")
    mesure, _ = Mesure.objects.update_or_create(
        indicateur=indicateur,
        mesure_le=mesure_le,
        defaults={"valeur": valeur, "commentaire": commentaire, "auteur": agent},
    )
    Indicateur.objects.filter(pk=indicateur.pk).reprendre_la_derniere_mesure()
    return mesure


def annoncer_la_nouvelle(nouvelle, agent):
    """Tell those who follow the fiche of what was just written on it."""
    fiche = nouvelle.fiche
    prevenir(
        agents_qui_suivent(fiche),
        fiche,
        sauf=agent,
        nouvelle=nouvelle.titre,
        texte=f"Fiche « {fiche.titre} » ({fiche.territoire.nom}).\n\n"
        f"Nouvelle du {jour(nouvelle.le)} : {nouvelle.titre}\n"
        + (f"\n{nouvelle.texte}\n" if nouvelle.texte else ""),
        page=reverse("admin:programme_ficheaction_suivi", args=[fiche.pk]),
        cle=f"nouvelle-{nouvelle.pk}",
        genre=Courriel.Genre.INFORMATION,
    )
