"""Choices that every filter by axe offers."""

from programme.partenaires.models import Axe


def axes(request):
    return Axe.objects.select_related("phase")
