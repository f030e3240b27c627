"""Choices that every filter by axe offers."""

from programme.partenaires.models import Axe, Partenaire
from territoires.liste_publique import MOTS

MOTS[Partenaire._meta.label_lower] = "nom"


def axes(request):
    return Axe.objects.select_related("phase")
