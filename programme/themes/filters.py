"""Choices that every filter by theme offers."""

from programme.themes.models import Theme
from territoires.liste_publique import MOTS

MOTS[Theme._meta.label_lower] = "nom"


def themes(request):
    return Theme.objects.du_public()
