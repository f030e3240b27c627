"""Tell the délégation, once each, of the engagements that fall due, are late or silent."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from programme.courriels.models import Courriel
from programme.partenaires.models import Engagement
from territoires.agents.models import Agent


class Command(BaseCommand):
    help = (
        "Prévient la délégation des engagements dont l’échéance approche ou est dépassée, "
        "et de ceux dont on est sans nouvelle depuis six mois ; à lancer chaque jour."
    )

    @transaction.atomic
    def handle(self, **options):
        aujourdhui = timezone.localdate()
        suivis = Engagement.objects.a_suivre(aujourdhui).select_related("convention")
        alertes = [(e, raison) for e in suivis for raison in e.raisons(aujourdhui)]
        for engagement, (genre, depuis, phrase) in alertes:
            prevenir(engagement, cle=f"{genre}-{depuis}", phrase=phrase)
        self.stdout.write(f"Alertes en cours : {len(alertes)}.")


def prevenir(engagement, *, cle, phrase):
    """One message an alert: a new deadline or a new silence is told again, the same is not."""
    page = f"/admin/programme/convention/{engagement.convention_id}/change/"
    Courriel.objects.prevenir(
        Agent.objects.de_la_delegation(),
        objet=f"Engagement à suivre : {engagement}",
        corps=f"{engagement.convention}, engagement {engagement.numero} : {engagement}.\n"
        f"{phrase}\n\n{settings.ADRESSE_DU_SITE}{page}\n",
        cle=f"engagement-{engagement.pk}-{cle}",
        genre=Courriel.Genre.ACTION,
    )
