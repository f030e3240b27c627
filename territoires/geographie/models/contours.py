"""Outlines, apart from what they outline."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from territoires.contraintes import un_seul_de
from territoires.geographie.geometries import valider_contour
from territoires.geographie.models.collectivites import Intercommunalite, ReferenceQuerySet, Region
from territoires.geographie.models.communes import Commune


class Contour(models.Model):
    """An outline, apart from what it outlines so that no list drags it along.

    `geometrie` is a GeoJSON Polygon or MultiPolygon: longitude then latitude, WGS84.
    Neighbours share the very same vertices along their border.
    """

    region = models.OneToOneField(
        Region, models.CASCADE, verbose_name="région", related_name="contour", null=True, blank=True
    )
    intercommunalite = models.OneToOneField(
        Intercommunalite,
        models.CASCADE,
        verbose_name="intercommunalité",
        related_name="contour",
        null=True,
        blank=True,
    )
    commune = models.OneToOneField(
        Commune, models.CASCADE, related_name="contour", null=True, blank=True
    )
    geometrie = models.JSONField("géométrie", help_text="GeoJSON, longitude puis latitude, WGS84.")

    objects = ReferenceQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du contour")

    class Meta:
        verbose_name = "contour"
        constraints = [
            un_seul_de(
                ("region", "intercommunalite", "commune"),
                "contour_une_cible",
                "Un contour est celui d’une région, d’une intercommunalité ou d’une commune.",
            )
        ]

    def __str__(self):
        return f"Contour de {self.region or self.intercommunalite or self.commune}"

    def clean(self):
        try:
            valider_contour(self.geometrie)
        except ValidationError as erreur:
            raise ValidationError({"geometrie": erreur}) from erreur
