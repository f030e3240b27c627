"""Where an engagement of a convention stands, as the opérateur who took it says."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.ecritures import jour
from programme.partenaires.models import Engagement
from territoires.agents.models import Agent

DIRE = "programme.dire_engagement"


def lu(engagement):
    """What a page shows of it, to be compared when the page comes back."""
    return f"{engagement.etat} {engagement.nouvelle_du or ''} {engagement.nouvelle}"


@transaction.atomic
def dire(engagement, *, etat, nouvelle, agent, montre=None):
    """Say where it stands, with the news of the day; the délégation is told.

    Raises PermissionDenied, ValidationError with French sentences by field.
    """
    lignes = Engagement.objects.select_for_update(of=("self",)).select_related("convention")
    engagement = lignes.get(pk=engagement.pk)
    if not agent.has_perm(DIRE, engagement):
        raise PermissionDenied("Cet engagement n’est pas de votre organisme.")
    if montre is not None and montre.split() != lu(engagement).split():
        raise ValidationError(
            "Quelqu’un a dit depuis où en est cet engagement : "
            f"« {engagement.get_etat_display()} », « {engagement.nouvelle} ». "
            "Comparez, puis enregistrez de nouveau."
        )
    if not nouvelle.strip():
        raise ValidationError({"nouvelle": "Dites en une phrase où en est l’engagement."})
    engagement.etat, engagement.nouvelle = etat, nouvelle.strip()
    engagement.nouvelle_du = timezone.localdate()
    engagement.save()
    _annoncer(engagement, agent)
    return engagement


def _annoncer(engagement, agent):
    page = reverse("admin:programme_convention_change", args=[engagement.convention_id])
    Courriel.objects.prevenir(
        Agent.objects.de_la_delegation().exclude(pk=agent.pk),
        objet=f"Engagement {engagement.numero} de « {engagement.convention} » : "
        f"{engagement.get_etat_display()}",
        corps=f"{agent}, le {jour(engagement.nouvelle_du)} :\n\n{engagement.nouvelle}\n\n"
        f"{settings.ADRESSE_DU_SITE}{page}\n",
        cle=f"engagementdit-{engagement.pk}:{engagement.history.count()}",
        genre=Courriel.Genre.INFORMATION,
    )
