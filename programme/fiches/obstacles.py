"""Obstacles once met: answered, lifted, and gathered by the délégation into national entries."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.ecritures import jour
from programme.fiches.champs import Par
from programme.fiches.models import Obstacle, Reponse
from programme.fiches.nouvelles import agents_du_territoire, agents_qui_suivent, prevenir

CHANGE = (
    "Quelqu’un a dit depuis de cet obstacle qu’il est {}. Comparez, puis enregistrez de nouveau."
)


@transaction.atomic
def repondre(obstacle, *, texte, agent):
    """Answer an obstacle; those who follow its fiche are told. Raises PermissionDenied."""
    obstacle = _tenu(obstacle, agent)
    obstacle.reponse, obstacle.repondu_le = texte, timezone.localdate()
    obstacle.save()
    return signer_la_reponse(obstacle, agent)


def signer_la_reponse(obstacle, agent):
    """Date and sign the answer that an obstacle now bears, and tell of it."""
    reponse = Reponse.objects.create(obstacle=obstacle, texte=obstacle.reponse, auteur=agent)
    prevenir(
        _qui_suit(obstacle.fiche),
        sauf=agent,
        nouvelle="une réponse à un obstacle",
        cle=f"reponse-{reponse.pk}",
        **_a_propos(obstacle, f"Réponse à l’obstacle « {obstacle} ».\n\n{reponse.texte}\n"),
    )
    return reponse


@transaction.atomic
def lever(obstacle, *, le, agent, montre=None):
    """Say on which day an obstacle was lifted, or with None that it stands; told to those who
    follow its fiche.

    `montre` is the day that the page showed: somebody else may have written meanwhile. Raises
    PermissionDenied, ValidationError.
    """
    obstacle = _tenu(obstacle, agent)
    if montre is not None and montre != lu(obstacle):
        depuis = f"levé le {jour(obstacle.leve_le)}" if obstacle.leve_le else "toujours là"
        raise ValidationError({"leve_le": CHANGE.format(depuis)})
    if obstacle.leve_le == le:
        return obstacle
    obstacle.leve_le = le
    obstacle.clean()
    obstacle.save()
    annoncer_la_levee(obstacle, agent)
    return obstacle


def lu(obstacle):
    """What a page shows of its lifting, to be compared when the page comes back."""
    return str(obstacle.leve_le or "")


def annoncer_la_levee(obstacle, agent):
    if obstacle.leve_le is None:
        return
    depuis = f"L’obstacle « {obstacle} » est levé depuis le {jour(obstacle.leve_le)}.\n"
    prevenir(
        _qui_suit(obstacle.fiche),
        sauf=agent,
        nouvelle="un obstacle est levé",
        cle=f"levee-{obstacle.pk}:{obstacle.leve_le}",
        **_a_propos(obstacle, depuis),
    )


@transaction.atomic
def grouper(obstacles, entree, *, agent):
    """Put these obstacles under this national entry, or under none; how many moved.

    Raises PermissionDenied.
    """
    if not agent.has_perm("programme.grouper_obstacle"):
        raise PermissionDenied("Le registre national revient à la délégation.")
    lignes = Obstacle.objects.select_for_update().filter(pk__in=[o.pk for o in obstacles])
    deplaces = [o for o in lignes.order_by("pk") if o.nationale_id != (entree and entree.pk)]
    for obstacle in deplaces:
        obstacle.nationale = entree
        obstacle.save()  # one by one: each keeps its history
    return len(deplaces)


def _tenu(obstacle, agent):
    """The row as it stands, locked. Raises PermissionDenied without the right to answer."""
    lignes = Obstacle.objects.select_for_update(of=("self",)).select_related(
        "fiche__territoire__perimetre_courant"
    )
    obstacle = lignes.get(pk=obstacle.pk)
    if not agent.has_perm(Par.REPONSE, obstacle.fiche):
        raise PermissionDenied("La réponse revient à la région ou à la délégation.")
    return obstacle


def _qui_suit(fiche):
    """A fiche that is not decided is its territoire's: nobody else is told of it."""
    return agents_qui_suivent(fiche) if fiche.est_du_public else agents_du_territoire(fiche)


def _a_propos(obstacle, texte):
    fiche = obstacle.fiche
    return {
        "fiche": fiche,
        "texte": f"Fiche « {fiche.titre} » ({fiche.territoire.nom}).\n\n{texte}",
        "page": reverse("obstacle", args=[fiche.reference]),
        "genre": Courriel.Genre.INFORMATION,
    }
