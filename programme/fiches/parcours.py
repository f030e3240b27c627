"""The way up of a fiche action: the only place where its state moves.

Each function is one step. It checks the right and the state under a lock, writes the
passage, the state and the messages to send in one transaction, and raises
TransitionRefusee with a French reason when the step cannot be made.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from programme.comites.models import Avis, RemarqueAvis
from programme.courriels.models import Courriel
from programme.documents import euros
from programme.fiches.models import FicheAction, Passage, TransitionRefusee
from territoires.agents.models import Agent

Etat = FicheAction.Etat
Action = Passage.Action

# action: (states it starts from, state it leads to)
PAS = {
    Action.TRANSMETTRE: ((Etat.BROUILLON, Etat.AJOURNEE), Etat.TRANSMISE),
    Action.RAPPELER: ((Etat.TRANSMISE,), Etat.BROUILLON),
    Action.VALIDER: ((Etat.TRANSMISE,), Etat.VALIDEE),
    Action.AJOURNER: ((Etat.TRANSMISE,), Etat.AJOURNEE),
    Action.REFUSER: ((Etat.TRANSMISE,), Etat.REFUSEE),
    Action.ENGAGER: ((Etat.VALIDEE,), Etat.ENGAGEE),
    Action.REALISER: ((Etat.ENGAGEE,), Etat.REALISEE),
    Action.ABANDONNER: ((Etat.VALIDEE, Etat.ENGAGEE), Etat.ABANDONNEE),
}
# What an agent may start by hand; the other steps follow from the avis of the comités.
PAS_DE_L_AGENT = (
    Action.TRANSMETTRE,
    Action.RAPPELER,
    Action.ENGAGER,
    Action.REALISER,
    Action.ABANDONNER,
)
# The states in which somebody who is told has something to do.
A_FAIRE = (Etat.TRANSMISE, Etat.AJOURNEE, Etat.VALIDEE)
DECISION = {
    Avis.Sens.FAVORABLE: Action.VALIDER,
    Avis.Sens.AJOURNE: Action.AJOURNER,
    Avis.Sens.DEFAVORABLE: Action.REFUSER,
}


def pas_possibles(fiche):
    """The steps an agent can start from the fiche's present state."""
    return [action for action in PAS_DE_L_AGENT if fiche.etat in PAS[action][0]]


@transaction.atomic
def transmettre(fiche, *, agent):
    """Send up to the comité of every région the territoire touches."""
    fiche = _verrouiller(fiche, agent)
    if manques := fiche.manques():
        liste = ", ".join(libelle for _, libelle, _ in manques)
        raise TransitionRefusee(f"La fiche n’est pas complète. Il manque : {liste}.")
    if exces := fiche.finance_au_dela():
        raise TransitionRefusee(
            f"Le plan de financement dépasse le coût total de {euros(exces)} : corrigez l’un ou "
            "l’autre."
        )
    if not fiche.regions_concernees():
        raise TransitionRefusee(
            "Le territoire n’a pas de périmètre publié : aucun comité ne peut être saisi."
        )
    return _passer(fiche, Action.TRANSMETTRE, agent)


@transaction.atomic
def rappeler(fiche, *, agent, motif=""):
    """Call back before the decision, to correct; the next sending up starts afresh."""
    return _passer(_verrouiller(fiche, agent), Action.RAPPELER, agent, motif)


@transaction.atomic
def engager(fiche, *, agent):
    return _passer(_verrouiller(fiche, agent), Action.ENGAGER, agent)


@transaction.atomic
def realiser(fiche, *, agent):
    return _passer(_verrouiller(fiche, agent), Action.REALISER, agent)


@transaction.atomic
def abandonner(fiche, *, agent, motif):
    """Give up a decided fiche; the reason stays on its public page."""
    if not motif.strip():
        raise TransitionRefusee("Dites pourquoi la fiche est abandonnée.")
    return _passer(_verrouiller(fiche, agent), Action.ABANDONNER, agent, motif)


@transaction.atomic
def rendre_avis(fiche, *, seance, sens, agent, motif="", remarques=()):
    """Record the avis of one comité; decide when the avis given so far allow it.

    `remarques` are (field name, text) pairs, shown to the territoire beside each field.
    """
    if not agent.has_perm("programme.rendre_avis", seance):
        raise PermissionDenied("Cet avis revient au comité de la région.")
    fiche = FicheAction.objects.select_for_update().get(pk=fiche.pk)
    if fiche.etat != Etat.TRANSMISE:
        raise TransitionRefusee(
            f"La fiche est « {fiche.get_etat_display()} » : un avis ne se rend que sur une fiche "
            "transmise."
        )
    region = seance.comite.region
    if region not in fiche.regions_concernees():
        raise TransitionRefusee(f"La fiche ne concerne pas la région {region.nom}.")
    if region not in fiche.regions_attendues():
        raise TransitionRefusee(f"Le comité de la région {region.nom} a déjà rendu son avis.")
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
    _decider(fiche, agent)
    return avis


def _decider(fiche, agent):
    """One défavorable refuses, one ajourné sends back, all favorables validate; else it waits."""
    avis = list(fiche.avis_en_cours())
    for sens in (Avis.Sens.DEFAVORABLE, Avis.Sens.AJOURNE):
        motifs = [f"{a.seance.comite.region.nom} : {a.motif}" for a in avis if a.sens == sens]
        if motifs:
            return _passer(fiche, DECISION[sens], agent, "\n".join(motifs))
    if not fiche.regions_attendues():
        return _passer(fiche, Action.VALIDER, agent)
    return None


def _verrouiller(fiche, agent):
    """The row as it stands, locked until the end; refused when the agent has no right on it."""
    fiche = FicheAction.objects.select_for_update().get(pk=fiche.pk)
    if not agent.has_perm("programme.faire_avancer", fiche):
        raise PermissionDenied("Cette fiche n’est pas de votre périmètre.")
    return fiche


def _passer(fiche, action, agent, motif=""):
    departs, arrivee = PAS[action]
    if fiche.etat not in departs:
        raise TransitionRefusee(
            f"La fiche est « {fiche.get_etat_display()} » : cette action n’est pas possible. "
            "Quelqu’un l’a peut-être déjà faite."
        )
    passage = Passage.objects.create(
        fiche=fiche,
        action=action,
        avant=fiche.etat,
        apres=arrivee,
        motif=motif.strip(),
        le=timezone.now(),
        auteur=agent,
    )
    fiche.etat = arrivee
    if action == Action.TRANSMETTRE:
        fiche.dernier_envoi = passage
    fiche.save(passage=passage)
    _prevenir(fiche, passage)
    return fiche


def destinataires(fiche, action):
    """Who acts next after this step: the régions when it goes up, the territoire otherwise."""
    if action in (Action.TRANSMETTRE, Action.RAPPELER):
        return Agent.objects.des_regions(fiche.regions_concernees())
    sirens = fiche.territoire.perimetre_courant.sirens_concernes()
    return Agent.objects.des_intercommunalites(sirens)


def _prevenir(fiche, passage):
    """Write the messages in the transaction of the step: none lost, none sent for nothing."""
    etat = fiche.get_etat_display()
    # The agents' page: it asks who has not signed in yet to do so, then opens.
    page = reverse("admin:programme_ficheaction_change", args=[fiche.pk])
    corps = (
        f"La fiche « {fiche.titre} » ({fiche.territoire.nom}) est désormais : {etat}.\n"
        + (f"\nMotif : {passage.motif}\n" if passage.motif else "")
        + f"\n{settings.ADRESSE_DU_SITE}{page}\n"
    )
    agents = destinataires(fiche, passage.action).exclude(pk=passage.auteur.pk)
    Courriel.objects.prevenir(
        agents,
        objet=f"Fiche {fiche.reference} : {etat}",
        corps=corps,
        cle=f"passage-{passage.pk}",
        genre=Courriel.Genre.ACTION if passage.apres in A_FAIRE else Courriel.Genre.INFORMATION,
    )
