"""The way up of a fiche action: the only place where its state moves.

Each function is one step. It checks the right and the state under a lock, writes the
passage, the state and the messages to send in one transaction, and raises
TransitionRefusee with a French reason when the step cannot be made.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.ecritures import euros
from programme.fiches.models import Bilan, FicheAction, Passage, TransitionRefusee
from programme.fiches.nouvelles import (
    agents_de_l_etat,
    agents_des_operateurs,
    agents_du_territoire,
    prevenir,
)
from territoires.agents.models import Agent

HORS_PERIMETRE = "Cette fiche n’est pas de votre périmètre."
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
# What a decision led to, and what its rectification may lead to while nothing followed it.
DECIDES = (Etat.VALIDEE, Etat.AJOURNEE, Etat.REFUSEE)
# What an agent may start by hand; the other steps are decided by who examines the fiche.
PAS_DE_L_AGENT = (
    Action.TRANSMETTRE,
    Action.RAPPELER,
    Action.ENGAGER,
    Action.REALISER,
    Action.ABANDONNER,
)
# The states in which somebody who is told has something to do.
A_FAIRE = (Etat.TRANSMISE, Etat.AJOURNEE, Etat.VALIDEE)


def permet(action, avant, apres):
    """The parcours has this step."""
    if action == Action.RECTIFIER:
        return avant in DECIDES and apres in (*DECIDES, Etat.TRANSMISE) and avant != apres
    departs, arrivee = PAS[action]
    return avant in departs and apres == arrivee


def pas_possibles(fiche):
    """The steps an agent can start from the fiche's present state."""
    return [action for action in PAS_DE_L_AGENT if fiche.etat in PAS[action][0]]


@transaction.atomic
def transmettre(fiche, *, agent):
    """Send up to the comité of every région the territoire touches."""
    fiche = _verrouiller(fiche, agent)
    if raison := _incomplete(fiche):
        raise TransitionRefusee(raison)
    return _passer(fiche, Action.TRANSMETTRE, agent)


def empechement_de_transmettre(fiche, agent):
    """Why this agent could not send it up as it stands; nothing when it could."""
    if not agent.has_perm("programme.faire_avancer", fiche):
        return HORS_PERIMETRE
    if not permet(Action.TRANSMETTRE, fiche.etat, Etat.TRANSMISE):
        return f"elle est « {fiche.get_etat_display()} »."
    return _incomplete(fiche)


def _incomplete(fiche):
    if manques := fiche.manques():
        liste = ", ".join(libelle for _, libelle, _ in manques)
        return f"La fiche n’est pas complète. Il manque : {liste}."
    if exces := fiche.finance_au_dela():
        return (
            f"Le plan de financement dépasse le coût total de {euros(exces)} : corrigez l’un ou "
            "l’autre."
        )
    if not fiche.regions_concernees():
        return "Le territoire n’a pas de périmètre publié : aucun comité ne peut être saisi."
    return ""


@transaction.atomic
def rappeler(fiche, *, agent, motif=""):
    """Call back before the decision, to correct; the next sending up starts afresh."""
    return _passer(_verrouiller(fiche, agent), Action.RAPPELER, agent, motif)


@transaction.atomic
def engager(fiche, *, agent):
    return _passer(_verrouiller(fiche, agent), Action.ENGAGER, agent)


@transaction.atomic
def realiser(fiche, *, agent):
    """The action is done: its bilan says what it came to."""
    fiche = _verrouiller(fiche, agent)
    _refuser_si_modifiee(fiche)
    if fiche.etat == Etat.ENGAGEE and not Bilan.objects.filter(fiche=fiche).exists():
        raise TransitionRefusee(
            "Dressez d’abord le bilan : le coût final, les résultats, ce que d’autres peuvent en "
            "apprendre."
        )
    return _passer(fiche, Action.REALISER, agent)


@transaction.atomic
def abandonner(fiche, *, agent, motif):
    """Give up a decided fiche; the reason stays on its public page."""
    if not motif.strip():
        raise TransitionRefusee("Dites pourquoi la fiche est abandonnée.")
    fiche = _verrouiller(fiche, agent)
    _refuser_si_modifiee(fiche)
    return _passer(fiche, Action.ABANDONNER, agent, motif)


def _refuser_si_modifiee(fiche):
    """What ends no longer changes: an open modification is decided, or given up, first."""
    for modification in fiche.modifications.ouvertes():
        raise TransitionRefusee(
            f"La modification nᵒ {modification.numero} est « {modification.get_etat_display()} » : "
            "attendez qu’elle soit décidée, ou retirez-la."
        )


@transaction.atomic
def decider(fiche, action, *, agent, motif=""):
    """Make the step that who examines the fiche decided; they answer for the agent's right."""
    if action in PAS_DE_L_AGENT:
        raise ValueError(f"« {action} » is a step that an agent makes.")
    fiche = FicheAction.objects.select_for_update().get(pk=fiche.pk)
    return _passer(fiche, action, agent, motif)


@transaction.atomic
def rectifier(fiche, apres, *, agent, motif):
    """Move a fiche from what was decided to what a rectified avis decides.

    The caller answers for the agent's right.
    """
    fiche = FicheAction.objects.select_for_update().get(pk=fiche.pk)
    return _passer(fiche, Action.RECTIFIER, agent, motif, apres)


def _verrouiller(fiche, agent):
    """The row as it stands, locked until the end; refused when the agent has no right on it."""
    fiche = FicheAction.objects.select_for_update().get(pk=fiche.pk)
    if not agent.has_perm("programme.faire_avancer", fiche):
        raise PermissionDenied(HORS_PERIMETRE)
    return fiche


def _passer(fiche, action, agent, motif="", arrivee=None):
    arrivee = arrivee or PAS[action][1]
    if not permet(action, fiche.etat, arrivee):
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
    _annoncer(fiche, passage)
    return fiche


def destinataires(fiche, action):
    """Who acts next after this step: the régions when it goes up, the territoire otherwise.

    A rectification is told to all of them.
    """
    regions = Agent.objects.des_regions(fiche.regions_concernees())
    if action in (Action.TRANSMETTRE, Action.RAPPELER):
        return regions
    if action == Action.RECTIFIER:
        tous = [agent.pk for agent in (*agents_du_territoire(fiche), *regions)]
        return Agent.objects.filter(pk__in=tous)
    return agents_du_territoire(fiche)


def _qui_agit(fiche):
    """Who must act upon a fiche in the state it is in."""
    if fiche.etat == Etat.TRANSMISE:
        return Agent.objects.des_regions(fiche.regions_concernees())
    return agents_du_territoire(fiche) if fiche.etat in A_FAIRE else Agent.objects.none()


def _annoncer(fiche, passage):
    """Whoever must act is told so; of a rectification the others are told for information."""
    agents = destinataires(fiche, passage.action)
    genre = Courriel.Genre.ACTION if passage.apres in A_FAIRE else Courriel.Genre.INFORMATION
    if passage.action == Action.RECTIFIER:
        agissent = _qui_agit(fiche).order_by().values("pk")
        _ecrire(fiche, passage, agents.exclude(pk__in=agissent), Courriel.Genre.INFORMATION)
        agents = agents.filter(pk__in=agissent)
    _ecrire(fiche, passage, agents, genre)
    if passage.action == Action.TRANSMETTRE:
        # The État may say what it thinks of it before the séance.
        _ecrire(fiche, passage, agents_de_l_etat(fiche), Courriel.Genre.ACTION)
    if passage.action == Action.VALIDER:
        # From now on an opérateur says what it grants; told once, as what concerns it most.
        demandes = fiche.financements.sans_reponse().order_by().values("partenaire")
        _ecrire(fiche, passage, Agent.objects.des_partenaires(demandes), Courriel.Genre.ACTION)
        _ecrire(fiche, passage, agents_des_operateurs(fiche), Courriel.Genre.INFORMATION)


def _ecrire(fiche, passage, agents, genre):
    etat = fiche.get_etat_display()
    prevenir(
        agents,
        fiche,
        sauf=passage.auteur,
        nouvelle=etat,
        texte=f"La fiche « {fiche.titre} » ({fiche.territoire.nom}) est désormais : {etat}.\n"
        + (f"\nMotif : {passage.motif}\n" if passage.motif else ""),
        # The agents' page: it asks who has not signed in yet to do so, then opens.
        page=reverse("admin:programme_ficheaction_change", args=[fiche.pk]),
        cle=f"passage-{passage.pk}",
        genre=genre,
    )
