"""Choices that every filter by theme offers."""

from programme.themes.models import Theme


def themes(request):
    return Theme.objects.du_public()
