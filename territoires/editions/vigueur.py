"""The day of an edition: the territoires take their new périmètre, without a person doing anything.

What is in force is read by date; only the périmètre that each territoire points to is written.
"""

from django.db import transaction
from django.utils import timezone

from territoires.editions.models import EditionCarte, Perimetre, Territoire

_vue = {"le": None}  # the day for which this process has seen to it


@transaction.atomic
def mettre_en_vigueur():
    """Point the territoires to the edition in force; returns it if that changed anything, or None.

    The row of the edition is locked: of several processes at midnight, one writes.
    """
    edition = EditionCarte.objects.en_vigueur()
    if edition is None:
        return None
    EditionCarte.objects.select_for_update().get(pk=edition.pk)
    if not _attend(edition):
        return None
    Territoire.objects.actualiser_perimetres()
    return edition


def est_a_mettre_en_vigueur():
    """Whether an edition of which the day has come waits; nothing is written."""
    edition = EditionCarte.objects.en_vigueur()
    return edition is not None and _attend(edition)


def _attend(edition):
    tenus = Territoire.objects.exclude(perimetre_courant=None).values("perimetre_courant")
    return Perimetre.objects.filter(edition=edition).exclude(pk__in=tenus).exists()


def voir_le_jour():
    """See to it once a day in each process; afterwards this costs a comparison of dates."""
    aujourdhui = timezone.localdate()
    if _vue["le"] != aujourdhui:
        mettre_en_vigueur()
        _vue["le"] = aujourdhui


class CarteDuJour:
    """Middleware: nothing is answered on a new day before its map is in force."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        voir_le_jour()
        return self.get_response(request)
