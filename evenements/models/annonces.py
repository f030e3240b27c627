"""What was announced in an assemblée: from a word said to what became of it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from simple_history.models import HistoricalRecords

from evenements.models.assemblees import Intervention, Sequence
from programme.contrats.models import Contrat
from programme.fiches.models import FicheAction
from programme.partenaires.models import Engagement
from programme.pratiques.models import BonnePratique
from territoires.contraintes import un_seul_de, unique
from territoires.editions.models import EditionCarte

CIBLES = ("engagement", "contrat", "fiche", "edition", "bonne_pratique")


class AnnonceQuerySet(models.QuerySet):
    def for_user(self, user):
        """Every agent reads the assemblées, but not what lies outside its perimeter."""
        if not getattr(user, "a_un_perimetre", False):
            return self.none()
        siens = Contrat.objects.for_user(user).values("pk")
        return self.filter(
            Q(fiche=None) | Q(fiche__in=FicheAction.objects.lisibles_par(user)),
            Q(contrat=None) | Q(contrat__in=Contrat.objects.du_public()) | Q(contrat__in=siens),
        )

    def du_public(self):
        """Of published assemblées, and about what is itself public: never a draft."""
        return self.de_cibles_du_public().filter(sequence__in=Sequence.objects.du_public())

    def de_cibles_du_public(self):
        return self.filter(
            Q(engagement__in=Engagement.objects.du_public())
            | Q(contrat__in=Contrat.objects.du_public())
            | Q(fiche__in=FicheAction.objects.du_public())
            | Q(edition__in=EditionCarte.objects.du_public())
            | Q(bonne_pratique__in=BonnePratique.objects.du_public())
        )

    def avec_cibles(self):
        """With all that a page tells of each, in one query."""
        return self.select_related(
            "sequence__assemblee",
            "intervention__intervenant",
            "engagement__convention",
            "contrat__territoire",
            "fiche",
            "edition",
            "bonne_pratique",
        )


class Annonce(models.Model):
    sequence = models.ForeignKey(
        Sequence, models.CASCADE, verbose_name="séquence", related_name="annonces"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    intervention = models.ForeignKey(
        Intervention,
        models.CASCADE,
        related_name="annonces",
        null=True,
        blank=True,
        help_text="Si l’on sait qui l’a annoncé.",
    )
    texte = models.CharField("ce qui a été annoncé", max_length=300)
    engagement = models.ForeignKey(
        Engagement, models.PROTECT, related_name="annonces", null=True, blank=True
    )
    contrat = models.ForeignKey(
        Contrat, models.PROTECT, related_name="annonces", null=True, blank=True
    )
    fiche = models.ForeignKey(
        FicheAction,
        models.PROTECT,
        verbose_name="fiche action",
        related_name="annonces",
        null=True,
        blank=True,
    )
    edition = models.ForeignKey(
        EditionCarte,
        models.PROTECT,
        verbose_name="édition de la carte",
        related_name="annonces",
        null=True,
        blank=True,
    )
    bonne_pratique = models.ForeignKey(
        BonnePratique,
        models.PROTECT,
        verbose_name="bonne pratique",
        related_name="annonces",
        null=True,
        blank=True,
    )

    objects = AnnonceQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’annonce")

    class Meta:
        verbose_name = "annonce"
        ordering = ["sequence", "ordre"]
        constraints = [
            un_seul_de(
                CIBLES,
                "annonce_une_cible",
                "Une annonce mène à un engagement, un contrat, une fiche, une édition ou une "
                "bonne pratique : un seul des cinq.",
            ),
            unique(["sequence", "ordre"], "annonce_ordre", "Deux annonces portent le même rang."),
        ]

    def __str__(self):
        return self.texte

    def clean(self):
        if self.intervention_id and self.intervention.sequence_id != self.sequence_id:
            raise ValidationError(
                {"intervention": "Cette intervention a eu lieu dans une autre séquence."}
            )

    @property
    def cible(self):
        return next(c for c in (getattr(self, nom) for nom in CIBLES) if c is not None)

    @property
    def adresse(self):
        """Where to read what became of it; an engagement stands on its convention's page."""
        cible = self.engagement.convention if self.engagement else self.cible
        return cible.get_absolute_url()

    def ou_en_est(self):
        """Where it stands today, in a few words."""
        if self.edition:
            return "carte publiée"
        if self.bonne_pratique:
            return f"publiée le {date_format(self.bonne_pratique.publiee_le, 'j F Y')}"
        etat = self.cible.get_etat_display()
        if self.fiche and self.fiche.avancement is not None:
            return f"{etat}, avancement de {self.fiche.avancement} %"
        if self.engagement and self.engagement.nouvelle_du:
            return f"{etat} (nouvelle du {date_format(self.engagement.nouvelle_du, 'j F Y')})"
        return etat
