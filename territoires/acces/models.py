"""Guesses of the last minute: in the database, so that all processes count together."""

from django.db import models


class Essai(models.Model):
    """What was tried is told by a digest: a password typed in the wrong field is not kept."""

    cle = models.CharField("clé", max_length=64)
    le = models.DateTimeField("date")

    class Meta:
        verbose_name = "essai"
        verbose_name_plural = "essais"
        indexes = [models.Index(fields=["cle", "le"], name="essai_cle_le")]

    def __str__(self):
        return f"{self.cle[:8]}, {self.le:%H:%M:%S}"
