"""A brouillon is its territoire's: it shares it with its régions, and takes it back.

Each function checks the right and the state under a lock, and raises PermissionDenied, or
TransitionRefusee with a French sentence.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.fiches.models import FicheAction, TransitionRefusee
from programme.fiches.nouvelles import prevenir
from territoires.agents.models import Agent

PARTAGER = "programme.partager_ficheaction"


def region_qui_saisit(agent, territoire):
    """The région for which this agent writes a fiche of this territoire; None for the others."""
    siennes = [region for region in territoire.regions if region.pk in agent.codes_regions]
    return siennes[0] if siennes else None


def histoire_des_regions(fiche, codes):
    """A function that says of which moments of a fiche these régions read; None for all.

    Not of those when it was a brouillon, unless it was shared already, or is of their writing.
    """
    if fiche.saisie_par_id in codes:
        return None
    fermees, debut = [], fiche.created_at
    for passage in fiche.passages.all():
        if passage.avant == FicheAction.Etat.BROUILLON:
            fermees.append((debut, passage.le))
        debut = passage.le
    if fiche.est_brouillon:
        fermees.append((debut, timezone.now()))
    partagee = fiche.partagee_le

    def lisible(quand):
        if partagee and quand >= partagee:
            return True
        return not any(debut <= quand < fin for debut, fin in fermees)

    return lisible


@transaction.atomic
def partager(fiche, *, agent):
    """The régions of its territoire read this brouillon from now on; they are told so."""
    fiche = _brouillon(fiche, agent)
    if fiche.partagee_le:
        raise TransitionRefusee("Ce brouillon est déjà partagé avec la région.")
    fiche.partagee_le = timezone.now()
    fiche._change_reason = "Brouillon partagé avec la région"
    fiche.save()
    prevenir(
        Agent.objects.des_regions(fiche.regions_concernees()),
        fiche,
        sauf=agent,
        nouvelle="un brouillon est partagé avec vous",
        texte=f"{agent} partage avec votre région le brouillon « {fiche.titre} » "
        f"({fiche.territoire.nom}).\n",
        page=reverse("admin:programme_ficheaction_change", args=[fiche.pk]),
        cle=f"partage-{fiche.pk}:{fiche.partagee_le.isoformat()}",
        genre=Courriel.Genre.INFORMATION,
    )
    return fiche


@transaction.atomic
def ne_plus_partager(fiche, *, agent):
    """The brouillon is the territoire's again; a région keeps reading what it wrote."""
    fiche = _brouillon(fiche, agent)
    if not fiche.partagee_le:
        raise TransitionRefusee("Ce brouillon n’est pas partagé avec la région.")
    fiche.partagee_le = None
    fiche._change_reason = "Brouillon qui n’est plus partagé avec la région"
    fiche.save()
    return fiche


def _brouillon(fiche, agent):
    """The row as it stands, locked until the end."""
    fiche = FicheAction.objects.select_for_update().get(pk=fiche.pk)
    if not agent.has_perm(PARTAGER, fiche):
        raise PermissionDenied("Le partage d’un brouillon revient à son territoire.")
    if not fiche.est_brouillon:
        raise TransitionRefusee(
            f"La fiche est « {fiche.get_etat_display()} » : la région la lit déjà."
        )
    return fiche
