"""Bonnes pratiques: what one territoire did, told so that others can use it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programme.fiches.models import FicheAction
from programme.partenaires.models import Axe
from programme.themes.models import Theme
from territoires.adresses import adresse
from territoires.champs import CleDeRecherche
from territoires.contraintes import qui_et_quand, unique
from territoires.editions.models import Territoire
from territoires.geographie.models import ReferenceQuerySet


class BonnePratiqueQuerySet(ReferenceQuerySet):
    def du_public(self):
        return self.filter(publiee_le__isnull=False)


class BonnePratique(models.Model):
    identifiant = models.SlugField("identifiant", max_length=120, unique=True)
    titre = models.CharField("titre", max_length=200)
    territoire = models.ForeignKey(
        Territoire, models.PROTECT, related_name="bonnes_pratiques", null=True, blank=True
    )
    axe = models.ForeignKey(
        Axe, models.PROTECT, related_name="bonnes_pratiques", null=True, blank=True
    )
    themes = models.ManyToManyField(
        Theme, verbose_name="thèmes", related_name="bonnes_pratiques", blank=True
    )
    fiche = models.ForeignKey(
        FicheAction,
        models.PROTECT,
        verbose_name="fiche d’origine",
        related_name="bonnes_pratiques",
        null=True,
        blank=True,
    )
    fiches_liees = models.ManyToManyField(
        FicheAction,
        verbose_name="autres fiches qui s’en inspirent",
        related_name="pratiques_reprises",
        blank=True,
    )
    resume = models.TextField("résumé")
    mise_en_oeuvre = models.TextField("ce qu’il a fallu", blank=True)
    cout = models.CharField("ce que cela a coûté", max_length=200, blank=True)
    contact = models.CharField(
        "à qui s’adresser", max_length=200, blank=True, help_text="Contact visible de tous."
    )
    formalisee_par_un_pilote = models.BooleanField(
        "formalisée par un territoire pilote", default=False
    )
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True, editable=False)
    publiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="publiée par",
        related_name="+",
        null=True,
        editable=False,
    )
    recherche = CleDeRecherche(sources=("titre",))

    objects = BonnePratiqueQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de la bonne pratique",
        excluded_fields=["recherche"],
        m2m_fields=[fiches_liees, themes],
    )

    feminin = True  # its name is

    class Meta:
        verbose_name = "bonne pratique"
        verbose_name_plural = "bonnes pratiques"
        ordering = [models.F("publiee_le").desc(nulls_first=True), "titre"]
        constraints = [qui_et_quand("publiee_par", "publiee_le", "bonnepratique_publiee")]

    def __str__(self):
        return self.titre

    def get_absolute_url(self):
        return adresse("bonne-pratique", self.identifiant)

    @property
    def est_du_public(self):
        return self.publiee_le is not None


class Utilite(models.Model):
    """An agent says once that a bonne pratique is of use to it."""

    pratique = models.ForeignKey(
        BonnePratique, models.CASCADE, verbose_name="bonne pratique", related_name="utilites"
    )
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    le = models.DateTimeField("le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "utilité"
        constraints = [
            unique(
                ["pratique", "agent"],
                "utilite_unique",
                "Vous avez déjà dit que cette pratique vous est utile.",
            )
        ]

    def __str__(self):
        return f"{self.pratique}, utile à {self.agent}"
