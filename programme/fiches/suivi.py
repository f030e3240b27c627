"""What became of an action: its measures, and what the délégation answers to its obstacles."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from programme.courriels.models import Courriel
from programme.fiches.champs import Par
from programme.fiches.models import FicheAction, Indicateur, Mesure, Reponse
from programme.fiches.nouvelles import agents_du_territoire, prevenir


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


@transaction.atomic
def repondre(fiche, *, texte, agent):
    """Answer the obstacle of a fiche; its territoire is told. Raises PermissionDenied."""
    if not agent.has_perm(Par.DELEGATION, fiche):
        raise PermissionDenied("La réponse revient à la délégation.")
    fiche = FicheAction.objects.select_for_update().get(pk=fiche.pk)
    fiche.reponse = texte
    fiche.save()
    return signer_la_reponse(fiche, agent)


def signer_la_reponse(fiche, agent):
    """Date and sign the answer that a fiche now bears, and tell its territoire."""
    reponse = Reponse.objects.create(fiche=fiche, texte=fiche.reponse, auteur=agent)
    prevenir(
        agents_du_territoire(fiche),
        fiche,
        sauf=agent,
        nouvelle="la délégation répond",
        texte=f"La délégation répond à l’obstacle signalé dans la fiche « {fiche.titre} ».\n\n"
        f"{reponse.texte}\n",
        page=reverse("obstacle", args=[fiche.reference]),
        cle=f"reponse-{reponse.pk}",
        genre=Courriel.Genre.INFORMATION,
    )
    return reponse
