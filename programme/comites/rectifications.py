"""An avis that was wrong, found after the closing: another one is given, and both are shown."""

from django.db import transaction
from django.utils import timezone

from programme.comites import conduite, decisions, demandes, modifications, releve
from programme.comites.models import Avis, DemandePerimetre
from programme.fiches import parcours
from programme.fiches.models import FicheAction, Modification, TransitionRefusee
from programme.fiches.modifications import parcours as circuit

Etat = FicheAction.Etat


@transaction.atomic
def rectifier(avis, *, agent, sens, raison, motif="", remarques=()):
    """Give the avis that rectifies this one; returns it and, in a sentence, what follows.

    It moves the fiche, by a dated passage, while nothing followed what was decided; later it
    only stands on record. The next relevé of the séance says it all.
    """
    seance = decisions.verrouiller(avis.seance, agent)
    _refuser(seance, avis, raison)
    remarques = list(remarques)
    if decisions.dit_deja(avis, sens, motif, remarques):
        raise TransitionRefusee("Rien ne change : il n’y a rien à rectifier.")
    nouveau = Avis(
        seance=seance,
        fiche=avis.fiche,
        passage=avis.passage,
        demande=avis.demande,
        modification=avis.modification,
        envoi_modification=avis.envoi_modification,
        rectification=avis.rectification + 1,
        raison=raison.strip(),
        effet_le=timezone.now(),
    )
    objet = _tenir(avis)
    decisions.ecrire(nouveau, agent=agent, sens=sens, motif=motif, remarques=remarques)
    if nouveau.sens == avis.sens:
        suite = "La décision ne change pas."
    elif avis.fiche_id:
        suite = _sur_la_fiche(objet, nouveau, agent)
    elif avis.modification_id:
        suite = _sur_la_modification(objet, nouveau, agent)
    else:
        suite = _sur_la_demande(objet)
    dernier = seance.releves.last()
    contenu = releve.avis_rectifie(dernier.contenu, nouveau, suite)
    conduite.etablir(seance, agent, contenu, nouveau.raison, dernier.numero + 1)
    return nouveau, suite


def _refuser(seance, avis, raison):
    if not seance.est_close:
        raise TransitionRefusee("Cette séance n’est pas close : corrigez l’avis directement.")
    if not avis.effet_le:
        raise TransitionRefusee("Cet avis est resté sans effet : il n’y a rien à rectifier.")
    if not Avis.objects.en_vigueur().filter(pk=avis.pk).exists():
        raise TransitionRefusee("Cet avis a déjà été rectifié : relisez celui qui l’a remplacé.")
    if not raison.strip():
        raise TransitionRefusee("Dites ce que vous rectifiez, et pourquoi.")


def _tenir(avis):
    """The fiche, the modification or the request as it stands, held until the end."""
    if avis.modification_id:
        return circuit.tenir(avis.modification_id)
    modele = FicheAction if avis.fiche_id else DemandePerimetre
    return modele.objects.select_for_update().get(pk=avis.fiche_id or avis.demande_id)


def _sur_la_fiche(fiche, avis, agent):
    etat = fiche.get_etat_display()
    if fiche.dernier_envoi_id != avis.passage_id:
        return "La fiche a été transmise de nouveau depuis : son état ne change pas."
    if fiche.etat not in (Etat.TRANSMISE, *parcours.DECIDES):
        return f"La fiche est « {etat} » : la rectification est au dossier, son état ne change pas."
    if fiche.etat == Etat.AJOURNEE and _reprise(fiche):
        return "Le territoire a repris la fiche depuis son ajournement : son état ne change pas."
    if fiche.modifications.filter(etat=Modification.Etat.ACCEPTEE).exists():
        return "La fiche a été modifiée depuis : la rectification est au dossier, son état reste."
    decision = decisions.decision_de(fiche)
    vise = parcours.PAS[decision[0]][1] if decision else Etat.TRANSMISE
    if vise == fiche.etat:
        return f"La fiche reste « {etat} »."
    if fiche.etat == Etat.TRANSMISE:
        fiche = parcours.decider(fiche, decision[0], agent=agent, motif=decision[1])
    else:
        motif = f"{avis.region.nom} : {avis.raison}"
        fiche = parcours.rectifier(fiche, vise, agent=agent, motif=motif)
    return f"La fiche passe de « {etat} » à « {fiche.get_etat_display()} »."


def _sur_la_modification(modification, avis, agent):
    etat = modification.get_etat_display()
    if modification.dernier_envoi_id != avis.envoi_modification_id:
        return "La modification a été transmise de nouveau depuis : son état ne change pas."
    if modification.etat not in (Modification.Etat.TRANSMISE, *circuit.DECIDES):
        return f"La modification est « {etat} » : la rectification est au dossier."
    if modification.etat == Modification.Etat.AJOURNEE and modification.reprise():
        return "Le territoire a repris la modification depuis : son état ne change pas."
    decision = modifications.decision_de(modification)
    vise = circuit.PAS[decision[0]][1] if decision else Modification.Etat.TRANSMISE
    if vise == modification.etat:
        return f"La modification reste « {etat} »."
    if raison := circuit.suivie_d_effet(modification, vise):
        return f"{raison} : la rectification est au dossier, la fiche reste comme elle est."
    if modification.etat == Modification.Etat.TRANSMISE:
        action, motif = decision
        modification = circuit.decider(modification, action, agent=agent, motif=motif)
    else:
        motif = f"{avis.region.nom} : {avis.raison}"
        modification = circuit.rectifier(modification, vise, agent=agent, motif=motif)
    return f"La modification passe de « {etat} » à « {modification.get_etat_display()} »."


def _reprise(fiche):
    """Its territoire wrote in it since the decision, which was itself one writing."""
    decidee = fiche.passages.last()
    return fiche.history.filter(history_date__gte=decidee.le).count() > 1


def _sur_la_demande(demande):
    if demande.appliquee_le:
        return "La demande est déjà appliquée à une édition : la rectification est au dossier."
    avant = demande.get_etat_display()
    demandes.decider(demande)
    apres = demande.get_etat_display()
    if apres == avant:
        return f"La demande reste « {avant} »."
    return f"La demande passe de « {avant} » à « {apres} »."
