"""The requests to adapt a périmètre: the only place where their state moves."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from programme.comites.instruction import regions_attendues
from programme.comites.models import Avis, DemandePerimetre, MouvementDemande
from programme.fiches.models import TransitionRefusee
from territoires.preparation.brouillons import deplacer, retirer

Etat = DemandePerimetre.Etat


def a_appliquer(edition):
    """Sentences about the requests accepted by their comités and applied to no edition yet."""
    demandes = DemandePerimetre.objects.filter(etat=Etat.ACCEPTEE, appliquee_le=None)
    for demande in demandes.select_related("perimetre").order_by("reference"):
        yield (
            f"La demande {demande.reference}, acceptée pour « {demande.perimetre.nom} », "
            "n’est appliquée à aucune édition."
        )


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


@transaction.atomic
def appliquer(demande, *, edition, agent):
    """Move in an edition in preparation what an accepted request asks; returns the request.

    What was moved, and what no longer could be, is kept in words on the request.
    """
    if not agent.has_perm("territoires.change_editioncarte", edition):
        raise PermissionDenied("Les éditions de la carte reviennent à la délégation.")
    demande = DemandePerimetre.objects.select_for_update().get(pk=demande.pk)
    if demande.etat != Etat.ACCEPTEE:
        raise TransitionRefusee("Seule une demande acceptée s’applique à une édition.")
    if demande.appliquee_a_id:
        raise TransitionRefusee(f"Cette demande est déjà appliquée à l’{demande.appliquee_a}.")
    territoire = demande.perimetre.territoire_id
    perimetre = edition.perimetres.filter(territoire=territoire).first()
    if perimetre is None:
        raise TransitionRefusee(
            f"« {demande.perimetre.nom} » n’est pas dans l’{edition} : ajoutez-y ce territoire."
        )
    ajouts, retraits = (membres_de(demande, sens) for sens in MouvementDemande.Sens)
    partis = [membre for membre, _ in retirer(edition, retraits, perimetre)]
    venus = dict(deplacer(perimetre, ajouts))
    phrases = [_phrase_d_ajout(membre, venus) for membre in ajouts]
    phrases += [
        f"{membre} : retiré." if membre in partis else f"{membre} : n’y était plus."
        for membre in retraits
    ]
    demande.appliquee_a, demande.application = edition, "\n".join(phrases)
    demande.appliquee_le, demande.appliquee_par = timezone.now(), agent
    demande.save(update_fields=["appliquee_a", "application", "appliquee_le", "appliquee_par"])
    return demande


def membres_de(demande, sens):
    """The intercommunalités and communes that a request adds, or takes out."""
    mouvements = demande.mouvements.filter(sens=sens).select_related("intercommunalite", "commune")
    return [mouvement.intercommunalite or mouvement.commune for mouvement in mouvements]


def _phrase_d_ajout(membre, venus):
    if membre not in venus:
        return f"{membre} : y était déjà."
    quitte = venus[membre]
    return f"{membre} : ajouté, venu de « {quitte.nom} »." if quitte else f"{membre} : ajouté."
