"""What happens after the decision: dated moves of money, steps put off. Never overwritten."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programme.fiches.models.fiches import FicheAction
from programme.fiches.models.plans import Etape, Financement, montants
from programme.fichiers import chemin_de_piece, valider_fichier
from territoires.champs import Jour
from territoires.contraintes import parmi, positif, unique
from territoires.publics import cles_publiques


def un_agent(nom, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=nom,
        related_name="+",
        null=True,
        editable=False,
        **options,
    )


class MouvementQuerySet(models.QuerySet):
    def for_user(self, user):
        return self.filter(financement__fiche__in=FicheAction.objects.for_user(user))

    def valables(self):
        return self.filter(annule_le=None)

    def du_public(self):
        """Those that count, of the lines that are public."""
        return self.valables().filter(financement__in=cles_publiques(Financement))


class NatureMouvement(models.TextChoices):
    DEMANDE = "demande", "demandé"
    ACCORDE = "accorde", "accordé"
    VERSE = "verse", "versé"
    REFUSE = "refuse", "refusé"


class MouvementFinancier(models.Model):
    """One thing that happened to a line, on a day; an error is struck out and stays readable."""

    Nature = NatureMouvement

    financement = models.ForeignKey(
        Financement, models.CASCADE, verbose_name="ligne de financement", related_name="mouvements"
    )
    nature = models.CharField("ce qui s’est passé", max_length=8, choices=Nature)
    montant = montants("montant", help_text="En euros. Par exemple : 1 200 000.")
    le = Jour("date", help_text="Celle de la décision ou du versement. Par exemple : 15/03/2027.")
    reference = models.CharField(
        "référence",
        max_length=200,
        blank=True,
        help_text="Numéro de l’arrêté, de la délibération ou du mandat. Jamais publiée.",
    )
    document = models.FileField(
        "document",
        upload_to=chemin_de_piece,
        validators=[valider_fichier],
        blank=True,
        help_text="L’arrêté, la lettre, l’avis de versement. Jamais publié.",
    )
    auteur = un_agent("noté par")
    saisi_le = models.DateTimeField("noté le", default=timezone.now, editable=False)
    annule_le = models.DateTimeField("annulé le", null=True, editable=False)
    annule_par = un_agent("annulé par")
    motif_annulation = models.CharField(
        "motif de l’annulation", max_length=300, blank=True, editable=False
    )

    objects = MouvementQuerySet.as_manager()

    class Meta:
        verbose_name = "mouvement financier"
        verbose_name_plural = "mouvements financiers"
        ordering = ["le", "pk"]
        constraints = [
            unique(
                ["financement", "nature", "le", "montant", "reference"],
                "mouvement_unique",
                "Ce mouvement est déjà noté. Si c’en est un autre du même jour et du même montant, "
                "donnez-lui une référence.",
            ),
            positif("montant", "mouvement_montant", "Un montant ne peut pas être négatif."),
            parmi("nature", NatureMouvement.values, "mouvement_nature"),
            models.CheckConstraint(
                name="mouvement_annule",
                condition=Q(annule_le=None, annule_par=None, motif_annulation="")
                | Q(annule_le__isnull=False, annule_par__isnull=False) & ~Q(motif_annulation=""),
                violation_error_message="Une annulation a sa date, son auteur et son motif.",
            ),
        ]

    def __str__(self):
        return f"{self.get_nature_display()} le {self.le:%d/%m/%Y}"


class ReportQuerySet(models.QuerySet):
    def for_user(self, user):
        return self.filter(etape__fiche__in=FicheAction.objects.for_user(user))

    def du_public(self):
        return self.filter(etape__in=cles_publiques(Etape))


class ReportEtape(models.Model):
    """New dates for a step of a decided fiche: the former ones stay readable here."""

    etape = models.ForeignKey(Etape, models.CASCADE, verbose_name="étape", related_name="reports")
    le = models.DateTimeField("reportée le", default=timezone.now)
    ancien_debut = Jour("ancien début", null=True, blank=True)
    ancienne_fin = Jour("ancienne fin", null=True, blank=True)
    debut = Jour("nouveau début", null=True, blank=True)
    fin = Jour("nouvelle fin", null=True, blank=True)
    motif = models.CharField("motif", max_length=300, blank=True)
    auteur = un_agent("reportée par")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "report d’étape"
        verbose_name_plural = "reports d’étapes"
        ordering = ["le", "pk"]

    def __str__(self):
        return f"{self.etape}, le {timezone.localtime(self.le):%d/%m/%Y}"
