"""What an action came to, once it is done: dated, signed, corrected as long as it is read."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programme.fiches.models.fiches import FicheAction
from programme.fiches.models.plans import montants
from territoires.champs import Jour
from territoires.contraintes import positif


class BilanQuerySet(models.QuerySet):
    def for_user(self, user):
        return self.filter(fiche__in=FicheAction.objects.for_user(user))

    def du_public(self):
        """With its action, once that is done: a bilan written before waits for it."""
        return self.filter(fiche__etat=FicheAction.Etat.REALISEE)


class Bilan(models.Model):
    fiche = models.OneToOneField(FicheAction, models.PROTECT, related_name="bilan")
    cout_final = montants(
        "coût final", help_text="Ce que l’action a coûté, en euros, hors taxes. Par ex. 1 150 000."
    )
    resultats = models.TextField(
        "résultats obtenus",
        help_text="En face de ce qui était attendu. Par exemple : vingt-deux diplômés embauchés "
        "dans l’année, sur vingt-cinq attendus.",
    )
    enseignements = models.TextField(
        "ce que d’autres peuvent en apprendre",
        help_text="Ce qui a aidé, ce qui a freiné, ce que vous feriez autrement.",
    )
    etabli_le = Jour("établi le", help_text="Par exemple : 15/03/2029.")
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="auteur",
        related_name="+",
        null=True,
        editable=False,
    )
    saisi_le = models.DateTimeField("saisi le", default=timezone.now, editable=False)

    objects = BilanQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du bilan")

    class Meta:
        verbose_name = "bilan"
        ordering = ["fiche"]
        constraints = [
            positif("cout_final", "bilan_cout", "Un coût ne peut pas être négatif."),
            models.CheckConstraint(
                name="bilan_dit",
                condition=~Q(resultats="") & ~Q(enseignements=""),
                violation_error_message="Un bilan dit les résultats, et ce que d’autres peuvent en "
                "apprendre.",
            ),
        ]

    def __str__(self):
        return f"Bilan : {self.fiche}"

    @property
    def ecart(self):
        """Euros beyond the cost as decided, negative below it; nothing without one."""
        cout = self.fiche.cout_total
        return None if cout is None else self.cout_final - cout
