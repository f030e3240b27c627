"""The avis of a comité on a fiche: noted in séance, and in effect once the séance is closed.

Until then it is corrected or withdrawn, and nothing comes of it: `clore` in `conduite` applies
the avis of a séance, and what they decide follows then.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from programme.comites.instruction import avis_presents, regions_attendues
from programme.comites.models import Avis, RemarqueAvis, Seance
from programme.fiches import parcours
from programme.fiches.models import FicheAction, Passage, TransitionRefusee

Etat = FicheAction.Etat
DECISION = {
    Avis.Sens.FAVORABLE: Passage.Action.VALIDER,
    Avis.Sens.AJOURNE: Passage.Action.AJOURNER,
    Avis.Sens.DEFAVORABLE: Passage.Action.REFUSER,
}


@transaction.atomic
def rendre_avis(fiche, *, seance, sens, agent, motif="", remarques=()):
    """Note the avis of one comité; it takes effect when the séance is closed.

    `remarques` are (field name, text) pairs, shown then to the territoire beside each field.
    """
    verrouiller(seance, agent)
    fiche = FicheAction.objects.select_for_update().get(pk=fiche.pk)
    if refus := hors_de_propos(fiche, seance.comite.region):
        raise TransitionRefusee(refus)
    refuser_ailleurs(seance, passage=fiche.dernier_envoi)
    avis = Avis(seance=seance, fiche=fiche, passage=fiche.dernier_envoi)
    return ecrire(avis, agent=agent, sens=sens, motif=motif, remarques=remarques)


@transaction.atomic
def corriger(avis, *, agent, sens, motif="", remarques=(), vu=None):
    """Write another avis over this one, as the person read it, while its séance is open.

    `vu` is the `version` that its page showed. Its history keeps the former.
    """
    verrouiller(avis.seance, agent)
    avis = provisoire(avis, vu)
    if dit_deja(avis, sens, motif, remarques):
        return avis
    return ecrire(avis, agent=agent, sens=sens, motif=motif, remarques=remarques)


@transaction.atomic
def retirer(avis, *, agent, vu=None):
    """Take back an avis whose séance is open: the point waits again."""
    verrouiller(avis.seance, agent)
    provisoire(avis, vu).delete()


def verrouiller(seance, agent):
    """Hold the séance until the end: what is noted in it and its closing wait for each other."""
    if not agent.has_perm("programme.rendre_avis", seance):
        raise PermissionDenied("Cet avis revient au comité de la région.")
    return Seance.objects.select_for_update().get(pk=seance.pk)


def dit_deja(avis, sens, motif, remarques):
    """This avis says exactly that."""
    notees = sorted((remarque.champ, remarque.texte) for remarque in avis.remarques.all())
    return (avis.sens, avis.motif, notees) == (sens, motif.strip(), sorted(remarques))


def version(avis):
    """What a page keeps of the avis that it shows, to know whether it is still the same."""
    return avis.rendu_le.isoformat() if avis.rendu_le else "sans date"


def provisoire(avis, vu=None):
    """The avis to change; refused once its séance is closed, or when it is not as it was read."""
    actuel = Avis.objects.filter(pk=avis.pk).first()
    if actuel is None:
        raise TransitionRefusee("Cet avis a été retiré depuis que vous l’avez lu.")
    if actuel.seance.est_close:
        raise TransitionRefusee(
            "Cette séance est close : son relevé de décisions est établi. Une erreur se "
            "corrige par un avis rectificatif."
        )
    if version(actuel) != (version(avis) if vu is None else vu):
        raise TransitionRefusee("Cet avis a été corrigé depuis que vous l’avez lu.")
    return actuel


def ecrire(avis, *, agent, sens, motif, remarques):
    """Write this avis and its remarks, those that did not change left as they are."""
    avis.sens, avis.motif = sens, motif.strip()
    avis.rendu_le, avis.rendu_par = timezone.now(), agent
    avis.full_clean()
    avis.save()
    restantes = list(remarques)
    for ancienne in avis.remarques.all():
        if (ancienne.champ, ancienne.texte) in restantes:
            restantes.remove((ancienne.champ, ancienne.texte))
        else:
            ancienne.delete()
    for champ, texte in restantes:
        remarque = RemarqueAvis(avis=avis, champ=champ, texte=texte)
        remarque.full_clean()
        remarque.save()
    return avis


def refuser_ailleurs(seance, **objet):
    """One avis of a comité at a time: not while this séance or another one holds one."""
    siens = Avis.objects.provisoires().filter(seance__comite=seance.comite_id, **objet)
    for avis in siens.select_related("seance"):
        if avis.seance_id == seance.pk:
            region = seance.comite.region.nom
            raise TransitionRefusee(f"Le comité de la région {region} a déjà rendu son avis.")
        raise TransitionRefusee(
            f"Ce comité a déjà noté un avis dans sa séance du {avis.seance.date:%d/%m/%Y}, "
            "qui n’est pas close : corrigez-le ou retirez-le là-bas."
        )


def hors_de_propos(fiche, region):
    """Why the comité of this région has no avis to give on this fiche; empty when it has."""
    if fiche.etat != Etat.TRANSMISE:
        return (
            f"La fiche est « {fiche.get_etat_display()} » : un avis ne se rend que sur une fiche "
            "transmise."
        )
    if region not in fiche.regions_concernees():
        return f"La fiche ne concerne pas la région {region.nom}."
    if region not in regions_attendues(fiche):
        return f"Le comité de la région {region.nom} a déjà rendu son avis."
    return ""


def sans_objet(avis, attendu):
    """Why this avis, noted in a séance, will have no effect; empty when it will have one.

    `attendu`: the fiche waits for the comité that noted it.
    """
    fiche = avis.fiche
    if fiche.etat == Etat.BROUILLON:
        return "La fiche a été rappelée par son territoire : l’avis est sans effet."
    if fiche.dernier_envoi_id != avis.passage_id:
        return "La fiche a été rappelée, puis transmise de nouveau : l’avis est sans effet."
    if fiche.etat != Etat.TRANSMISE:
        return f"La fiche est déjà « {fiche.get_etat_display()} » : l’avis est sans effet."
    return "" if attendu else "La fiche n’attend plus l’avis de ce comité : il est sans effet."


def prendre_effet(avis, *, agent, le):
    """Put into effect the avis of a séance being closed, and decide when those given allow it."""
    avis.fiche = FicheAction.objects.select_for_update().get(pk=avis.fiche_id)
    if sans_objet(avis, avis.region in regions_attendues(avis.fiche)):
        return
    avis.effet_le = le
    avis.save(update_fields=["effet_le"])
    if decision := decision_de(avis.fiche):
        action, motifs = decision
        avis.fiche = parcours.decider(avis.fiche, action, agent=agent, motif=motifs)


def decision_de(fiche):
    """(step, motif): one défavorable refuses, one ajourné sends back, all favorables validate.

    None while a région is waited for.
    """
    decision = sens_de(fiche, avis_presents(fiche))
    return decision and (DECISION[decision[0]], decision[1])


def sens_de(objet, avis):
    """(sens, motif) that these avis come to, on a fiche or a modification; None to wait."""
    avis = list(avis)
    for sens in (Avis.Sens.DEFAVORABLE, Avis.Sens.AJOURNE):
        motifs = [f"{un.region.nom} : {un.motif}" for un in avis if un.sens == sens]
        if motifs:
            return sens, "\n".join(motifs)
    donnes = {un.region.pk for un in avis}
    if any(region.pk not in donnes for region in objet.regions_concernees()):
        return None
    return Avis.Sens.FAVORABLE, ""
