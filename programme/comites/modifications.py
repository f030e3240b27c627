"""The avis on a modification of a fiche: noted as on a fiche, and in effect at the closing.

What is favorable to all changes the fiche; a single défavorable leaves it as it was.
"""

from django.db import transaction

from programme.comites import decisions
from programme.comites.instruction import avis_presents, regions_attendues
from programme.comites.models import Avis
from programme.fiches.models import Modification, PassageModification, TransitionRefusee
from programme.fiches.modifications import parcours, proposition

Etat = Modification.Etat
DECISION = {
    Avis.Sens.FAVORABLE: PassageModification.Action.ACCEPTER,
    Avis.Sens.AJOURNE: PassageModification.Action.AJOURNER,
    Avis.Sens.DEFAVORABLE: PassageModification.Action.REFUSER,
}


@transaction.atomic
def rendre_avis(modification, *, seance, sens, agent, motif=""):
    """Note the avis of one comité; it takes effect when the séance is closed."""
    decisions.verrouiller(seance, agent)
    modification = parcours.tenir(modification.pk)
    if refus := hors_de_propos(modification, seance.comite.region):
        raise TransitionRefusee(refus)
    envoi = modification.dernier_envoi
    decisions.refuser_ailleurs(seance, envoi_modification=envoi)
    avis = Avis(seance=seance, modification=modification, envoi_modification=envoi)
    return decisions.ecrire(avis, agent=agent, sens=sens, motif=motif, remarques=())


def hors_de_propos(modification, region):
    """Why the comité of this région has no avis to give on it; empty when it has."""
    if modification.etat != Etat.TRANSMISE:
        etat = modification.get_etat_display()
        return f"La modification est « {etat} » : un avis se rend sur une modification transmise."
    if not modification.fiche.est_suivie:
        return _fiche_figee(modification.fiche)
    if region not in modification.regions_concernees():
        return f"La modification ne concerne pas la région {region.nom}."
    if region not in regions_attendues(modification):
        return f"Le comité de la région {region.nom} a déjà rendu son avis."
    return ""


def _fiche_figee(fiche):
    return f"La fiche est « {fiche.get_etat_display()} » : elle ne se modifie plus."


def sans_objet(avis, attendu):
    """Why this avis, noted in a séance, will have no effect; empty when it will have one."""
    modification = avis.modification
    if modification.dernier_envoi_id != avis.envoi_modification_id:
        return "La modification a été rappelée, puis transmise de nouveau : l’avis est sans effet."
    if modification.etat == Etat.BROUILLON:
        return "La modification a été rappelée par son territoire : l’avis est sans effet."
    if modification.etat != Etat.TRANSMISE:
        etat = modification.get_etat_display()
        return f"La modification est déjà « {etat} » : l’avis est sans effet."
    if not modification.fiche.est_suivie:
        return f"{_fiche_figee(modification.fiche)} L’avis est sans effet."
    if not attendu:
        return "La modification n’attend plus l’avis de ce comité : il est sans effet."
    if avis.sens == Avis.Sens.FAVORABLE and (freins := empechements(modification)):
        # Money or steps moved since it was sent up: its territoire calls it back and corrects it.
        return f"{' '.join(freins)} L’avis favorable est sans effet : ajournez plutôt ce point."
    return ""


def empechements(modification):
    return proposition.empechements(modification.fiche, modification.propose)


def prendre_effet(avis, *, agent, le):
    """Put into effect the avis of a séance being closed, and decide when those given allow it."""
    avis.modification = parcours.tenir(avis.modification_id)
    if sans_objet(avis, avis.region in regions_attendues(avis.modification)):
        return
    avis.effet_le = le
    avis.save(update_fields=["effet_le"])
    if decision := decision_de(avis.modification):
        action, motifs = decision
        avis.modification = parcours.decider(avis.modification, action, agent=agent, motif=motifs)


def decision_de(modification):
    """(step, motif) as for a fiche; None while a région is waited for."""
    decision = decisions.sens_de(modification, avis_presents(modification))
    return decision and (DECISION[decision[0]], decision[1])
