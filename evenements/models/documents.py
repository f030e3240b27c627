"""What goes with the record of an assembly: its documents, and the corrections made since."""

from django.db import models
from simple_history.models import HistoricalRecords

from evenements.models.assemblees import Assemblee, DeLAssembleeQuerySet, Sequence
from programme.fichiers import chemin_de_piece, valider_fichier
from programme.themes.models import Theme
from territoires.champs import ANNEES, Jour
from territoires.contraintes import unique


class Document(models.Model):
    assemblee = models.ForeignKey(
        Assemblee, models.CASCADE, verbose_name="assemblée", related_name="documents"
    )
    sequence = models.ForeignKey(
        Sequence,
        models.CASCADE,
        verbose_name="séquence",
        related_name="documents",
        null=True,
        blank=True,
    )
    titre = models.CharField("titre", max_length=200)
    auteurs = models.CharField("auteurs", max_length=300, blank=True)
    date = Jour("date", annees=ANNEES, null=True, blank=True)
    fichier = models.FileField(
        "fichier", upload_to=chemin_de_piece, validators=[valider_fichier], blank=True
    )
    lien = models.URLField("lien", blank=True)
    themes = models.ManyToManyField(
        Theme, verbose_name="thèmes", related_name="documents_d_assemblee", blank=True
    )

    objects = DeLAssembleeQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du document", m2m_fields=[themes])

    class Meta:
        verbose_name = "document"
        ordering = ["titre"]
        constraints = [
            unique(["assemblee", "titre"], "document_titre", "Ce document est déjà déposé.")
        ]

    def __str__(self):
        return self.titre


class Correction(models.Model):
    """What was corrected once the assemblée was public, and when: part of its page."""

    assemblee = models.ForeignKey(
        Assemblee, models.CASCADE, verbose_name="assemblée", related_name="corrections"
    )
    numero = models.PositiveSmallIntegerField("numéro")
    le = Jour("le")
    texte = models.CharField("ce qui a été corrigé", max_length=500)

    objects = DeLAssembleeQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la correction")

    class Meta:
        verbose_name = "correction"
        ordering = ["assemblee", "numero"]
        constraints = [
            unique(
                ["assemblee", "numero"],
                "correction_numero",
                "Cette assemblée a déjà une correction de ce numéro.",
            )
        ]

    def __str__(self):
        return self.texte
