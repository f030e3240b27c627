"""Themes: what fiches, bonnes pratiques, séquences and documents speak of, whatever their axe."""

from django.db import models
from simple_history.models import HistoricalRecords

from territoires.adresses import adresse
from territoires.champs import CleDeRecherche
from territoires.geographie.models import NomenclatureQuerySet


class Theme(models.Model):
    identifiant = models.SlugField("identifiant", max_length=60, unique=True)
    nom = models.CharField("nom", max_length=100)
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    description = models.TextField(
        "description", blank=True, help_text="Une ou deux phrases, en tête de sa page."
    )
    mots = models.TextField(
        "mots",
        blank=True,
        help_text="Un mot ou une expression par ligne : un texte qui les emploie, sous n’importe "
        "quelle forme, se voit proposer ce thème. Par exemple : chaleur fatale.",
    )
    recherche = CleDeRecherche()

    objects = NomenclatureQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du thème", excluded_fields=["recherche"])

    class Meta:
        verbose_name = "thème"
        ordering = ["ordre", "nom"]

    def __str__(self):
        return self.nom

    def get_absolute_url(self):
        return adresse("theme", self.identifiant)
