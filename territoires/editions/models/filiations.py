"""What became of a territoire from one edition to the next, once a person has said so."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from territoires.contraintes import parmi, qui_et_quand, unique
from territoires.editions.models.carte import Perimetre
from territoires.geographie.models import ReferenceQuerySet
from territoires.publics import cles_publiques


class FiliationQuerySet(ReferenceQuerySet):
    def du_public(self):
        """Those that a person confirmed, between two périmètres whose editions are public."""
        publics = cles_publiques(Perimetre)
        return self.filter(confirmee_le__isnull=False, ancien__in=publics, nouveau__in=publics)


class NatureFiliation(models.TextChoices):
    SUITE = "suite", "se poursuit"
    RENOMMAGE = "renommage", "est renommé"
    FUSION = "fusion", "fusionne"
    SCISSION = "scission", "se divise"


class Filiation(models.Model):
    """What one périmètre became in a later edition; a person confirms it."""

    Nature = NatureFiliation

    ancien = models.ForeignKey(
        Perimetre, models.CASCADE, verbose_name="ancien périmètre", related_name="suites"
    )
    nouveau = models.ForeignKey(
        Perimetre, models.CASCADE, verbose_name="nouveau périmètre", related_name="origines"
    )
    nature = models.CharField("nature", max_length=10, choices=Nature, default=Nature.SUITE)
    source = models.CharField("source", max_length=300, blank=True)
    confirmee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="confirmée par",
        related_name="+",
        null=True,
        editable=False,
    )
    confirmee_le = models.DateTimeField("confirmée le", null=True, editable=False)
    # A refused tie stays, so that nobody is asked again.
    refusee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="refusée par",
        related_name="+",
        null=True,
        editable=False,
    )
    refusee_le = models.DateTimeField("refusée le", null=True, editable=False)

    objects = FiliationQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la filiation")

    feminin = True  # its name is

    class Meta:
        verbose_name = "filiation"
        ordering = ["nouveau__nom"]
        constraints = [
            unique(["ancien", "nouveau"], "filiation_unique", "Ce lien existe déjà."),
            qui_et_quand("confirmee_par", "confirmee_le", "filiation_confirmee"),
            qui_et_quand("refusee_par", "refusee_le", "filiation_refusee"),
            models.CheckConstraint(
                name="filiation_une_decision",
                condition=models.Q(confirmee_le=None) | models.Q(refusee_le=None),
                violation_error_message="Une filiation est confirmée ou refusée, pas les deux.",
            ),
            parmi("nature", NatureFiliation.values, "filiation_nature"),
        ]

    def __str__(self):
        return f"{self.ancien} → {self.nouveau}"

    @property
    def decision(self):
        """True once confirmed, False once refused, None while it is only proposed."""
        if self.confirmee_le:
            return True
        return False if self.refusee_le else None

    def decider(self, agent, confirmer):
        """Confirm (True), refuse (False) or open again (None); who and when go with it."""
        signature, rien = (agent, timezone.now()), (None, None)
        self.confirmee_par, self.confirmee_le = signature if confirmer is True else rien
        self.refusee_par, self.refusee_le = signature if confirmer is False else rien

    def clean(self):
        if (
            self.ancien_id
            and self.nouveau_id
            and self.ancien.edition.date >= self.nouveau.edition.date
        ):
            raise ValidationError(
                {"nouveau": "Le nouveau périmètre doit venir d’une édition plus récente."}
            )
