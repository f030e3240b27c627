"""The working papers of those who examine: who follows, notes, checklist; and the conversation."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.fiches.models import FicheAction
from programme.instruction.models import Attribution, Coche, Message, NoteInterne, PointDeControle
from programme.instruction.nouvelles import dire, participants
from territoires.agents.models import Agent
from territoires.editions.models import Territoire

TENIR = "programme.tenir_l_instruction"
EXTRAIT = 300  # characters of a message in the mail that tells of it


def rappelee(reference, user):
    """This user examined that fiche, or was named in it, before its territoire took it back."""
    suivies = Q(territoire__in=Territoire.objects.suivis_par(user))
    fiches = FicheAction.objects.filter(etat=FicheAction.Etat.BROUILLON, reference=reference)
    if partenaire := getattr(user, "opere_pour", None):
        fiches, suivies = fiches.qui_nomment(partenaire), Q()
    return fiches.filter(suivies, dernier_envoi__isnull=False).exists()


def regions_tenues(fiche, agent):
    """The régions of the fiche for which this agent works."""
    return [r for r in fiche.regions_concernees() if r.pk in agent.codes_regions]


def _tenue(fiche, agent):
    fiche = FicheAction.objects.select_for_update().get(pk=fiche.pk)
    if not agent.has_perm(TENIR, fiche):
        raise PermissionDenied("Cette fiche n’est pas instruite par votre région.")
    return fiche


@transaction.atomic
def attribuer(fiche, *, region, suivie_par, agent):
    """Say who follows the fiche in this région, or with None that nobody does."""
    fiche = _tenue(fiche, agent)
    if region.pk not in agent.codes_regions:
        raise PermissionDenied("Chaque région dit qui suit chez elle.")
    if suivie_par is None:
        return Attribution.objects.filter(fiche=fiche, region=region).delete()
    if not Agent.objects.des_regions([region]).filter(pk=suivie_par.pk).exists():
        raise ValidationError({"suivie_par": "Choisissez un agent de cette région."})
    ligne, _ = Attribution.objects.update_or_create(
        fiche=fiche, region=region, defaults={"agent": suivie_par}
    )
    return ligne


@transaction.atomic
def noter(fiche, *, region, texte, agent):
    """Write a note that the agents of this région alone read."""
    fiche = _tenue(fiche, agent)
    if region.pk not in agent.codes_regions:
        raise PermissionDenied("Une note interne est de votre région.")
    return NoteInterne.objects.create(
        fiche=fiche, region=region, texte=texte, auteur=agent, le=timezone.now()
    )


@transaction.atomic
def cocher(fiche, *, points, agent):
    """Of the points in use of the agent's régions, those that are checked for this fiche."""
    fiche = _tenue(fiche, agent)
    siens = PointDeControle.objects.filter(actif=True, region__in=agent.codes_regions)
    siens = set(siens.values_list("pk", flat=True))
    coches = Coche.objects.filter(fiche=fiche, point__in=siens)
    voulus, deja = siens & {*points}, set(coches.values_list("point", flat=True))
    for coche in coches.exclude(point__in=voulus):
        coche.delete()
    for pk in voulus - deja:
        Coche.objects.create(fiche=fiche, point_id=pk, auteur=agent, le=timezone.now())
    return len(voulus), len(siens)


@transaction.atomic
def ecrire(fiche, *, texte, agent):
    """Say something to all who work on the fiche; they are told by e-mail."""
    if not agent.has_perm("programme.converser_ficheaction", fiche):
        raise PermissionDenied("Cette conversation n’est pas la vôtre.")
    message = Message.objects.create(
        fiche=fiche,
        texte=texte,
        auteur=agent,
        le=timezone.now(),
        au_brouillon=fiche.etat == FicheAction.Etat.BROUILLON,
    )
    suite = "…" if len(texte) > EXTRAIT else ""
    dire(
        participants(fiche),
        fiche,
        sauf=agent,
        nouvelle=f"un message de {agent}",
        texte=f"{agent} écrit :\n\n{texte[:EXTRAIT]}{suite}",
        cle=f"message-{message.pk}",
        genre=Courriel.Genre.INFORMATION,
    )
    return message
