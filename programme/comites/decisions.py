"""The avis of a comité on a fiche, and the decision that follows once enough of them are given."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from programme.comites.instruction import avis_presents, regions_attendues
from programme.comites.models import Avis, RemarqueAvis
from programme.fiches import parcours
from programme.fiches.models import FicheAction, Passage, TransitionRefusee

DECISION = {
    Avis.Sens.FAVORABLE: Passage.Action.VALIDER,
    Avis.Sens.AJOURNE: Passage.Action.AJOURNER,
    Avis.Sens.DEFAVORABLE: Passage.Action.REFUSER,
}


@transaction.atomic
def rendre_avis(fiche, *, seance, sens, agent, motif="", remarques=()):
    """Record the avis of one comité; decide when the avis given so far allow it.

    `remarques` are (field name, text) pairs, shown to the territoire beside each field.
    """
    if not agent.has_perm("programme.rendre_avis", seance):
        raise PermissionDenied("Cet avis revient au comité de la région.")
    fiche = FicheAction.objects.select_for_update().get(pk=fiche.pk)
    _refuser_hors_de_propos(fiche, seance.comite.region)
    avis = Avis(
        seance=seance,
        fiche=fiche,
        passage=fiche.dernier_envoi,
        sens=sens,
        motif=motif.strip(),
        rendu_le=timezone.now(),
        rendu_par=agent,
    )
    avis.full_clean()
    avis.save()
    for champ, texte in remarques:
        remarque = RemarqueAvis(avis=avis, champ=champ, texte=texte)
        remarque.full_clean()
        remarque.save()
    if decision := _decision(fiche):
        action, motifs = decision
        avis.fiche = parcours.decider(fiche, action, agent=agent, motif=motifs)
    return avis


def _refuser_hors_de_propos(fiche, region):
    if fiche.etat != FicheAction.Etat.TRANSMISE:
        raise TransitionRefusee(
            f"La fiche est « {fiche.get_etat_display()} » : un avis ne se rend que sur une fiche "
            "transmise."
        )
    if region not in fiche.regions_concernees():
        raise TransitionRefusee(f"La fiche ne concerne pas la région {region.nom}.")
    if region not in regions_attendues(fiche):
        raise TransitionRefusee(f"Le comité de la région {region.nom} a déjà rendu son avis.")


def _decision(fiche):
    """(step, motif): one défavorable refuses, one ajourné sends back, all favorables validate.

    None while a région is waited for.
    """
    avis = list(avis_presents(fiche))
    for sens in (Avis.Sens.DEFAVORABLE, Avis.Sens.AJOURNE):
        motifs = [f"{un.region.nom} : {un.motif}" for un in avis if un.sens == sens]
        if motifs:
            return DECISION[sens], "\n".join(motifs)
    return None if regions_attendues(fiche, avis) else (DECISION[Avis.Sens.FAVORABLE], "")
