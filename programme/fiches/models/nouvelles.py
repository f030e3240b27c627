"""What those who lead an action tell of it, day after day: to everybody, or among themselves."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programme.fiches.models.fiches import DeLaFicheQuerySet, FicheAction
from programme.fiches.models.suivi import un_agent
from territoires.champs import Jour
from territoires.contraintes import unique


class NouvelleQuerySet(DeLaFicheQuerySet):
    def du_public(self):
        """Those that are said to be, of a fiche that is."""
        return super().du_public().filter(publique=True)

    def for_user(self, user):
        return self.filter(fiche__in=FicheAction.objects.for_user(user))


class Nouvelle(models.Model):
    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="nouvelles")
    le = Jour("date")
    titre = models.CharField(
        "titre", max_length=200, help_text="Par exemple : les travaux commencent."
    )
    texte = models.TextField("texte", blank=True)
    publique = models.BooleanField(
        "publique",
        default=False,
        help_text="Cochée : lue par tous sur la page de la fiche. Sinon, par les agents du "
        "périmètre.",
    )
    auteur = un_agent("auteur")

    objects = NouvelleQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la nouvelle")

    class Meta:
        verbose_name = "nouvelle"
        ordering = ["-le", "-pk"]
        constraints = [
            unique(
                ["fiche", "le", "titre"],
                "nouvelle_unique",
                "Cette fiche a déjà une nouvelle de ce titre ce jour-là.",
            )
        ]

    def __str__(self):
        return self.titre

    def clean(self):
        if self.le and self.le > timezone.localdate():
            raise ValidationError({"le": "Une nouvelle se date du jour où elle est arrivée."})
