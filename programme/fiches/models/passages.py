"""The steps of a fiche on its way."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from programme.fiches.models.fiches import DeLaFicheQuerySet, FicheAction, TransitionRefusee


class PassageQuerySet(DeLaFicheQuerySet):
    def validations(self):
        """The step that made each public fiche public: the last one, if it was rectified."""
        validee = FicheAction.Etat.VALIDEE
        suivantes = Passage.objects.filter(
            fiche=OuterRef("fiche"), apres=validee, le__gt=OuterRef("le")
        )
        return self.du_public().filter(~Exists(suivantes), apres=validee)


class Passage(models.Model):
    """One step of a fiche on its way: dated, signed, never overwritten."""

    class Action(models.TextChoices):
        TRANSMETTRE = "transmettre", "transmission au comité"
        RAPPELER = "rappeler", "rappel par le territoire"
        VALIDER = "valider", "validation"
        AJOURNER = "ajourner", "ajournement"
        REFUSER = "refuser", "refus"
        ENGAGER = "engager", "engagement"
        REALISER = "realiser", "réalisation"
        ABANDONNER = "abandonner", "abandon"
        RECTIFIER = "rectifier", "rectification"

    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="passages")
    action = models.CharField("action", max_length=12, choices=Action)
    avant = models.CharField("état d’avant", max_length=12, choices=FicheAction.Etat)
    apres = models.CharField("état d’après", max_length=12, choices=FicheAction.Etat)
    motif = models.TextField("motif", blank=True)
    le = models.DateTimeField("date")
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="auteur",
        related_name="+",
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = "passage"
        ordering = ["le", "pk"]
        # The latest decisions first, without reading the others.
        indexes = [
            models.Index(fields=["apres", "le"], name="passage_apres_le"),
            # The last step of each fiche to a state: without it, each is compared with all.
            models.Index(fields=["fiche", "apres", "le"], name="passage_de_la_fiche"),
        ]

    def __str__(self):
        return f"{self.get_action_display()} ({self.le:%d/%m/%Y})"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TransitionRefusee("Un passage ne se réécrit pas.")
        super().save(*args, **kwargs)
