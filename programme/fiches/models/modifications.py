"""What a territoire asks to change of what was decided: sent up, judged, kept with its dates.

`propose` says what the fiche should become, `avant` what it was when that was accepted, both in
the words of `programme/fiches/modifications/proposition.py`. What changed is written in rows that
people read, once it is decided.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programme.fiches.models.fiches import FicheAction, TransitionRefusee
from territoires.contraintes import parmi, unique
from territoires.publics import cles_publiques


class ModificationQuerySet(models.QuerySet):
    def for_user(self, user):
        """Those of its fiches; a draft is read by who may write it."""
        siennes = self.filter(fiche__in=FicheAction.objects.for_user(user))
        if getattr(user, "ecrit_pour_un_territoire", False):
            return siennes
        return siennes.exclude(etat=Modification.Etat.BROUILLON)

    def du_public(self):
        """Those that made the public fiche what it is."""
        publiques = cles_publiques(FicheAction)
        return self.filter(etat=Modification.Etat.ACCEPTEE, fiche__in=publiques)

    def ouvertes(self):
        return self.filter(etat__in=Modification.ETATS_OUVERTS)


class EtatModification(models.TextChoices):
    BROUILLON = "brouillon", "brouillon"
    TRANSMISE = "transmise", "transmise"
    AJOURNEE = "ajournee", "ajournée"
    ACCEPTEE = "acceptee", "acceptée"
    REFUSEE = "refusee", "refusée"
    RETIREE = "retiree", "retirée"


OUVERTS = (EtatModification.BROUILLON, EtatModification.TRANSMISE, EtatModification.AJOURNEE)


class Modification(models.Model):
    Etat = EtatModification

    ETATS_OUVERTS = OUVERTS
    ETATS_MODIFIABLES = (Etat.BROUILLON, Etat.AJOURNEE)

    reference = models.CharField("référence", max_length=30, unique=True, editable=False)
    fiche = models.ForeignKey(FicheAction, models.PROTECT, related_name="modifications")
    numero = models.PositiveSmallIntegerField("numéro", editable=False)
    motif = models.TextField(
        "motif",
        help_text="Pourquoi ce qui a été décidé doit changer. Lu par le comité, jamais publié.",
    )
    etat = models.CharField(
        "état", max_length=10, choices=Etat, default=Etat.BROUILLON, editable=False
    )
    propose = models.JSONField("ce qui est proposé", default=dict, editable=False)
    avant = models.JSONField("ce qui était décidé", default=dict, editable=False)
    # The version of the fiche that its acceptance wrote: nothing followed it as long as it is so.
    version_ecrite = models.PositiveIntegerField("version écrite", null=True, editable=False)
    dernier_envoi = models.ForeignKey(
        "PassageModification",
        models.PROTECT,
        verbose_name="dernière transmission",
        related_name="+",
        null=True,
        editable=False,
    )
    decidee_le = models.DateTimeField("décidée le", null=True, editable=False)
    version = models.PositiveIntegerField("version", default=0, editable=False)
    created_at = models.DateTimeField("créée le", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="créée par",
        related_name="+",
        null=True,
        editable=False,
    )

    objects = ModificationQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de la modification", excluded_fields=["version", "avant"]
    )

    class Meta:
        verbose_name = "modification de fiche"
        verbose_name_plural = "modifications de fiches"
        ordering = ["fiche", "numero"]
        constraints = [
            unique(["fiche", "numero"], "modification_numero", "Ce numéro est déjà pris."),
            unique(
                ["fiche"],
                "modification_ouverte",
                "Une modification de cette fiche est déjà ouverte.",
                condition=Q(etat__in=[etat.value for etat in OUVERTS]),
            ),
            parmi("etat", EtatModification.values, "modification_etat"),
            models.CheckConstraint(
                name="modification_motivee",
                condition=~Q(motif=""),
                violation_error_message="Dites pourquoi ce qui a été décidé doit changer.",
            ),
        ]

    def __str__(self):
        return self.titre

    @property
    def titre(self):
        return f"Modification nᵒ {self.numero} : {self.fiche.titre}"

    @property
    def territoire(self):
        return self.fiche.territoire

    @property
    def est_ouverte(self):
        return self.etat in self.ETATS_OUVERTS

    @property
    def est_modifiable(self):
        return self.etat in self.ETATS_MODIFIABLES

    def reprise(self):
        """Its territoire wrote in it since its last step, which was itself one writing."""
        dernier = self.passages.last()
        return self.history.filter(history_date__gte=dernier.le).count() > 1

    def regions_concernees(self):
        """The régions that examine it: all those its territoire touches."""
        return self.fiche.regions_concernees()


class DeLaModificationQuerySet(models.QuerySet):
    def for_user(self, user):
        return self.filter(modification__in=Modification.objects.for_user(user))


class ActionModification(models.TextChoices):
    TRANSMETTRE = "transmettre", "transmission au comité"
    RAPPELER = "rappeler", "rappel par le territoire"
    RETIRER = "retirer", "retrait par le territoire"
    ACCEPTER = "accepter", "acceptation"
    AJOURNER = "ajourner", "ajournement"
    REFUSER = "refuser", "refus"
    RECTIFIER = "rectifier", "rectification"


class PassageModification(models.Model):
    """One step of a modification on its way: dated, signed, never overwritten."""

    Action = ActionModification

    modification = models.ForeignKey(Modification, models.PROTECT, related_name="passages")
    action = models.CharField("action", max_length=12, choices=Action)
    avant = models.CharField("état d’avant", max_length=10, choices=EtatModification)
    apres = models.CharField("état d’après", max_length=10, choices=EtatModification)
    motif = models.TextField("motif", blank=True)
    le = models.DateTimeField("date")
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="auteur", related_name="+"
    )

    objects = DeLaModificationQuerySet.as_manager()

    class Meta:
        verbose_name = "passage d’une modification"
        verbose_name_plural = "passages des modifications"
        ordering = ["le", "pk"]
        constraints = [
            parmi("action", ActionModification.values, "passagemodification_action"),
            parmi("avant", EtatModification.values, "passagemodification_avant"),
            parmi("apres", EtatModification.values, "passagemodification_apres"),
        ]

    def __str__(self):
        return f"{self.get_action_display()} ({self.le:%d/%m/%Y})"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TransitionRefusee("Un passage ne se réécrit pas.")
        super().save(*args, **kwargs)


class ChangementQuerySet(DeLaModificationQuerySet):
    def du_public(self):
        return self.filter(modification__in=cles_publiques(Modification))


class ChangementModification(models.Model):
    """One thing that a decided modification changed, or would have: before and after, in words."""

    modification = models.ForeignKey(Modification, models.PROTECT, related_name="changements")
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    quoi = models.CharField("ce qui change", max_length=250)
    avant = models.TextField("avant", blank=True)
    apres = models.TextField("après", blank=True)

    objects = ChangementQuerySet.as_manager()

    class Meta:
        verbose_name = "changement d’une modification"
        verbose_name_plural = "changements des modifications"
        ordering = ["modification", "ordre"]
        constraints = [
            unique(["modification", "ordre"], "changement_ordre", "Ce rang est déjà pris.")
        ]

    def __str__(self):
        return self.quoi
