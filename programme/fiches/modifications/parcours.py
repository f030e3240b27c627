"""The way up of a modification: the only place where its state moves.

As in `programme/fiches/parcours.py`: each function is one step, checks the right and the state
under a lock, and writes the passage, the state and the messages in one transaction.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.ecritures import euros
from programme.fiches.models import (
    ChangementModification,
    FicheAction,
    Modification,
    PassageModification,
    TransitionRefusee,
)
from programme.fiches.modifications import proposition
from programme.fiches.nouvelles import agents_du_territoire, agents_qui_suivent, prevenir
from territoires.agents.models import Agent

Etat = Modification.Etat
Action = PassageModification.Action

# action: (states it starts from, state it leads to)
PAS = {
    Action.TRANSMETTRE: ((Etat.BROUILLON, Etat.AJOURNEE), Etat.TRANSMISE),
    Action.RAPPELER: ((Etat.TRANSMISE,), Etat.BROUILLON),
    Action.RETIRER: ((Etat.BROUILLON, Etat.AJOURNEE), Etat.RETIREE),
    Action.ACCEPTER: ((Etat.TRANSMISE,), Etat.ACCEPTEE),
    Action.AJOURNER: ((Etat.TRANSMISE,), Etat.AJOURNEE),
    Action.REFUSER: ((Etat.TRANSMISE,), Etat.REFUSEE),
}
DECIDES = (Etat.ACCEPTEE, Etat.AJOURNEE, Etat.REFUSEE)
PAS_DE_L_AGENT = (Action.TRANSMETTRE, Action.RAPPELER, Action.RETIRER)
A_FAIRE = (Etat.TRANSMISE, Etat.AJOURNEE)


def permet(action, avant, apres):
    """The parcours has this step."""
    if action == Action.RECTIFIER:
        return avant in DECIDES and apres in (*DECIDES, Etat.TRANSMISE) and avant != apres
    departs, arrivee = PAS[action]
    return avant in departs and apres == arrivee


def pas_possibles(modification):
    """The steps an agent can start from its present state."""
    return [action for action in PAS_DE_L_AGENT if modification.etat in PAS[action][0]]


@transaction.atomic
def ouvrir(fiche, *, agent, motif, propose):
    """A draft of what should change, one at a time for a fiche."""
    fiche = FicheAction.objects.select_for_update().get(pk=fiche.pk)
    _autoriser(fiche, agent)
    if not fiche.est_suivie:
        raise TransitionRefusee(
            f"La fiche est « {fiche.get_etat_display()} » : seule une fiche validée ou engagée se "
            "modifie."
        )
    if fiche.modifications.ouvertes().exists():
        raise TransitionRefusee("Une modification de cette fiche est déjà ouverte.")
    numero = (fiche.modifications.aggregate(dernier=Max("numero"))["dernier"] or 0) + 1
    modification = Modification(
        fiche=fiche,
        numero=numero,
        reference=f"{fiche.reference}-M{numero}",
        motif=motif.strip(),
        propose=propose,
        created_by=agent,
    )
    modification.full_clean()
    modification.save()
    return modification


@transaction.atomic
def ecrire(modification, *, agent, motif, propose, vu=None):
    """Write what is proposed while it is a draft; `vu` is the version that the person read."""
    modification = _verrouiller(modification, agent)
    if not modification.est_modifiable:
        raise TransitionRefusee(
            f"La modification est « {modification.get_etat_display()} » : elle ne s’écrit plus."
        )
    if vu is not None and vu != modification.version:
        raise TransitionRefusee(
            "Quelqu’un a enregistré cette modification pendant que vous l’écriviez. Comparez avec "
            "ce qui est rappelé en haut de la page, puis enregistrez de nouveau."
        )
    if (motif.strip(), propose) == (modification.motif, modification.propose):
        return modification
    modification.motif, modification.propose = motif.strip(), propose
    modification.version += 1
    modification.full_clean()
    modification.save()
    return modification


@transaction.atomic
def transmettre(modification, *, agent):
    """Send up to the comité of every région the territoire touches."""
    modification = _verrouiller(modification, agent)
    if refus := manques(modification):
        raise TransitionRefusee(refus)
    return _passer(modification, Action.TRANSMETTRE, agent)


def manques(modification):
    """Sentences: what stands between the draft and its sending up; empty when nothing does."""
    fiche, propose = modification.fiche, modification.propose
    suite = proposition.empechements(fiche, propose)
    if not proposition.changements(fiche, propose):
        suite.append("Rien ne change : proposez au moins un changement.")
    projetee = proposition.projeter(fiche, propose)
    deja = {nom for nom, _, _ in fiche.manques()}
    vides = [libelle for nom, libelle, _ in projetee.manques() if nom not in deja]
    if vides:
        suite.append(f"Le comité attend encore : {', '.join(vides)}.")
    exces = proposition.exces(fiche, propose)
    if exces > 0 and exces > fiche.finance_au_dela():
        suite.append(
            f"Le plan de financement dépasserait le coût total de {euros(exces)} : corrigez l’un "
            "ou l’autre."
        )
    if not modification.regions_concernees():
        suite.append("Le territoire n’a pas de périmètre publié : aucun comité ne peut être saisi.")
    return suite


@transaction.atomic
def rappeler(modification, *, agent, motif=""):
    """Call back before the decision; the next sending up starts afresh."""
    return _passer(_verrouiller(modification, agent), Action.RAPPELER, agent, motif)


@transaction.atomic
def retirer(modification, *, agent, motif=""):
    """Give up a draft, or what came back: it stays on record."""
    return _passer(_verrouiller(modification, agent), Action.RETIRER, agent, motif)


@transaction.atomic
def decider(modification, action, *, agent, motif=""):
    """Make the step that who examines it decided; they answer for the agent's right."""
    if action in PAS_DE_L_AGENT:
        raise ValueError(f"« {action} » is a step that an agent makes.")
    modification = tenir(modification.pk)
    if action == Action.ACCEPTER:
        _accepter(modification)
    elif action == Action.REFUSER:
        _retenir(modification)
    return _passer(modification, action, agent, motif)


@transaction.atomic
def rectifier(modification, apres, *, agent, motif):
    """Move it from what was decided to what a rectified avis decides, the fiche with it.

    The caller answers for the agent's right, and has asked `suivie_d_effet`.
    """
    modification = tenir(modification.pk)
    if modification.etat == Etat.ACCEPTEE:
        _revenir(modification)
    if apres == Etat.ACCEPTEE:
        _accepter(modification)
    elif apres == Etat.REFUSEE:
        _retenir(modification)
    return _passer(modification, Action.RECTIFIER, agent, motif, apres)


def suivie_d_effet(modification, apres):
    """Why a rectified avis no longer moves it; empty when it still does."""
    fiche = modification.fiche
    if modification.etat == Etat.ACCEPTEE and fiche.version != modification.version_ecrite:
        return "La fiche a changé depuis la modification"
    if modification.etat != Etat.ACCEPTEE and apres == Etat.ACCEPTEE:
        return " ".join(proposition.empechements(fiche, modification.propose)).removesuffix(".")
    autres = fiche.modifications.exclude(pk=modification.pk)
    if autres.filter(numero__gt=modification.numero).exists():
        return "Une autre modification de la fiche a suivi"
    return ""


def _accepter(modification):
    """Write over the fiche what is proposed, and keep what it was."""
    fiche, propose = modification.fiche, modification.propose
    if refus := proposition.empechements(fiche, propose):
        raise TransitionRefusee(refus)
    modification.avant = proposition.inverse(fiche, propose)
    _retenir(modification)
    raison = f"Modification nᵒ {modification.numero} acceptée"
    modification.version_ecrite = proposition.appliquer(fiche, propose, raison).version


def _revenir(modification):
    """Put the fiche back as it was before this modification."""
    raison = f"Modification nᵒ {modification.numero} rectifiée"
    proposition.appliquer(modification.fiche, modification.avant, raison)
    modification.avant, modification.version_ecrite = {}, None
    modification.changements.all().delete()


def _retenir(modification):
    """Keep in words what is decided upon: the fiche will change, these rows will not."""
    modification.changements.all().delete()
    lignes = proposition.changements(modification.fiche, modification.propose)
    ChangementModification.objects.bulk_create(
        ChangementModification(
            modification=modification,
            ordre=ordre,
            quoi=ligne.quoi,
            avant=ligne.avant,
            apres=ligne.apres,
        )
        for ordre, ligne in enumerate(lignes, start=1)
    )


def _autoriser(fiche, agent):
    if not agent.has_perm("programme.faire_avancer", fiche):
        raise PermissionDenied("Cette fiche n’est pas de votre périmètre.")


def _verrouiller(modification, agent):
    """The row and its fiche, locked until the end; refused when the agent has no right on it."""
    modification = tenir(modification.pk)
    _autoriser(modification.fiche, agent)
    return modification


def tenir(pk):
    """The modification as it stands, held with its fiche until the end.

    The fiche first, always: two that act on one fiche wait for each other.
    """
    fiche = Modification.objects.order_by().values("fiche").filter(pk=pk)
    fiche = FicheAction.objects.select_for_update().get(pk__in=fiche)
    modification = Modification.objects.select_for_update().get(pk=pk)
    modification.fiche = fiche
    return modification


def _passer(modification, action, agent, motif="", arrivee=None):
    arrivee = arrivee or PAS[action][1]
    if not permet(action, modification.etat, arrivee):
        raise TransitionRefusee(
            f"La modification est « {modification.get_etat_display()} » : cette action n’est pas "
            "possible. Quelqu’un l’a peut-être déjà faite."
        )
    passage = PassageModification.objects.create(
        modification=modification,
        action=action,
        avant=modification.etat,
        apres=arrivee,
        motif=motif.strip(),
        le=timezone.now(),
        auteur=agent,
    )
    modification.etat = arrivee
    modification.version += 1
    modification.decidee_le = passage.le if arrivee in DECIDES else None
    if action == Action.TRANSMETTRE:
        modification.dernier_envoi = passage
    modification.save()
    _annoncer(modification, passage)
    return modification


def destinataires(modification, action):
    """Who acts next after this step, and once it is accepted all who follow the fiche."""
    fiche = modification.fiche
    if action in (Action.TRANSMETTRE, Action.RAPPELER):
        return Agent.objects.des_regions(modification.regions_concernees())
    if action == Action.RETIRER and not modification.dernier_envoi_id:
        return Agent.objects.none()
    if action == Action.AJOURNER:
        return agents_du_territoire(fiche)
    return agents_qui_suivent(fiche)


def _annoncer(modification, passage):
    fiche, etat = modification.fiche, modification.get_etat_display()
    prevenir(
        destinataires(modification, passage.action),
        fiche,
        sauf=passage.auteur,
        nouvelle=f"modification {etat}",
        texte=f"La modification nᵒ {modification.numero} de la fiche « {fiche.titre} » "
        f"({fiche.territoire.nom}) est désormais : {etat}.\n"
        + (f"\nMotif : {passage.motif}\n" if passage.motif else ""),
        page=reverse("admin:programme_ficheaction_modification", args=[fiche.pk, modification.pk]),
        cle=f"modification-{passage.pk}",
        genre=Courriel.Genre.ACTION if passage.apres in A_FAIRE else Courriel.Genre.INFORMATION,
    )
