"""The outline of a périmètre, kept apart from what it is made of."""

from django.db import models

from territoires.editions.models.carte import Perimetre


class Trace(models.Model):
    """The outline of a périmètre, computed from its members' (longitude, latitude, WGS84)."""

    perimetre = models.OneToOneField(
        Perimetre, models.CASCADE, verbose_name="périmètre", related_name="trace"
    )
    geometrie = models.JSONField("géométrie")

    class Meta:
        verbose_name = "tracé"

    def __str__(self):
        return f"Tracé de {self.perimetre}"
