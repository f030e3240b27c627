"""The requests to adapt a périmètre: the only place where their state moves."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from programme.comites import decisions
from programme.comites.instruction import avis_presents, par_region, regions_attendues
from programme.comites.models import Avis, DemandePerimetre, MouvementDemande
from programme.comites.nouvelles import dire_la_decision
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
    """Note the avis of one comité; it takes effect when the séance is closed."""
    decisions.verrouiller(seance, agent)
    demande = DemandePerimetre.objects.select_for_update().get(pk=demande.pk)
    if refus := hors_de_propos(demande, seance.comite.region):
        raise TransitionRefusee(refus)
    decisions.refuser_ailleurs(seance, demande=demande)
    avis = Avis(seance=seance, demande=demande)
    return decisions.ecrire(avis, agent=agent, sens=sens, motif=motif, remarques=())


def hors_de_propos(demande, region):
    """Why the comité of this région has no avis to give on this request; empty when it has."""
    if demande.etat != Etat.DEPOSEE:
        return f"La demande est déjà « {demande.get_etat_display()} »."
    if region not in regions_attendues(demande):
        return "Le comité de cette région n’a pas, ou plus, d’avis à rendre."
    return ""


def sans_objet(avis, attendu):
    """Why this avis, noted in a séance, will have no effect; empty when it will have one."""
    if avis.demande.etat != Etat.DEPOSEE:
        etat = avis.demande.get_etat_display()
        return f"La demande est déjà « {etat} » : l’avis est sans effet."
    return "" if attendu else "La demande n’attend plus l’avis de ce comité : il est sans effet."


def prendre_effet(avis, *, le):
    """Put into effect the avis of a séance being closed, and decide when those given allow it."""
    avis.demande = DemandePerimetre.objects.select_for_update().get(pk=avis.demande_id)
    if sans_objet(avis, avis.region in regions_attendues(avis.demande)):
        return
    avis.effet_le = le
    avis.save(update_fields=["effet_le"])
    decider(avis.demande)


def decider(demande):
    """Write where its avis lead a request that is held."""
    avant, demande.etat = demande.etat, etat_decide(demande)
    demande.save(update_fields=["etat"])
    if demande.etat not in (avant, Etat.DEPOSEE):
        dire_la_decision(demande)


def etat_decide(demande):
    """Where its avis lead a request: one défavorable refuses, all favorable accept."""
    derniers = par_region(demande, avis_presents(demande))
    sens = [avis.sens if avis else "" for _, avis in derniers]
    if Avis.Sens.DEFAVORABLE in sens:
        return Etat.REFUSEE
    return Etat.ACCEPTEE if set(sens) == {Avis.Sens.FAVORABLE} else Etat.DEPOSEE


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
