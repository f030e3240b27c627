"""The requests to adapt a périmètre: the only place where their state moves."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from programme.models import Avis, DemandePerimetre
from programme.models.fiches import TransitionRefusee

Etat = DemandePerimetre.Etat


def regions_attendues(demande):
    """The régions of the périmètre that have not answered; one that put it off still has to."""
    deja = set(
        demande.avis.exclude(sens=Avis.Sens.AJOURNE).values_list(
            "seance__comite__region", flat=True
        )
    )
    return [region for region in demande.perimetre.regions.all() if region.pk not in deja]


@transaction.atomic
def rendre_avis(demande, *, seance, sens, agent, motif=""):
    """Record the avis of one comité; all favorable accept, one défavorable refuses."""
    if not agent.has_perm("programme.rendre_avis", seance):
        raise PermissionDenied("Cet avis revient au comité de la région.")
    demande = DemandePerimetre.objects.select_for_update().get(pk=demande.pk)
    if demande.etat != Etat.DEPOSEE:
        raise TransitionRefusee(f"La demande est déjà « {demande.get_etat_display()} ».")
    if seance.comite.region not in regions_attendues(demande):
        raise TransitionRefusee("Le comité de cette région n’a pas, ou plus, d’avis à rendre.")
    avis = Avis(
        seance=seance,
        demande=demande,
        sens=sens,
        motif=motif.strip(),
        rendu_le=timezone.now(),
        rendu_par=agent,
    )
    avis.full_clean()
    avis.save()
    if sens == Avis.Sens.DEFAVORABLE:
        demande.etat = Etat.REFUSEE
    elif not regions_attendues(demande):
        demande.etat = Etat.ACCEPTEE
    demande.save(update_fields=["etat"])
    return avis
