"""Protocoles and contrats of the territoires, each with what it follows."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from simple_history.models import HistoricalRecords

from programme.contrats.lignee import avec_ses_ancetres
from programme.fiches.models import FicheAction
from territoires.adresses import adresse
from territoires.champs import CleDeRecherche, Jour
from territoires.contraintes import dates_dans_l_ordre, parmi
from territoires.editions.models import Territoire
from territoires.liens.models import LienProgramme


class ContratQuerySet(models.QuerySet):
    def for_user(self, user):
        """Those of its territoires; of an opérateur, those that hold a fiche which names it."""
        if getattr(user, "opere_pour", None):
            siennes = FicheAction.objects.for_user(user).order_by()
            return self.filter(pk__in=siennes.values("lignes_contrats__contrat"))
        return self.filter(territoire__in=Territoire.objects.suivis_par(user))

    def du_public(self):
        """Signed ones: a contrat in preparation is not announced before its signature."""
        return self.filter(etat__in=Contrat.ETATS_PUBLICS)

    def de_la_lignee(self, territoire):
        """Those of this territoire, and what was signed by those that it goes on from."""
        return self.filter(territoire__in=avec_ses_ancetres(territoire.pk))

    def signes_au(self, date):
        """Public ones already signed on that day, whatever became of them since."""
        return self.du_public().filter(signe_le__lte=date)


class TypeContrat(models.TextChoices):
    PROTOCOLE = "protocole", "protocole d’accord"
    CONTRAT = "contrat", "contrat"


class EtatContrat(models.TextChoices):
    PREPARATION = "preparation", "en préparation"
    SIGNE = "signe", "signé"
    TERMINE = "termine", "terminé"


class Contrat(models.Model):
    Type = TypeContrat

    Etat = EtatContrat

    ETATS_PUBLICS = (Etat.SIGNE, Etat.TERMINE)

    reference = models.SlugField("référence", max_length=80, unique=True)
    territoire = models.ForeignKey(Territoire, models.PROTECT, related_name="contrats")
    precedent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="fait suite à",
        related_name="suites",
        null=True,
        blank=True,
        help_text="Le protocole ou le contrat que celui-ci prolonge, de ce territoire ou de celui "
        "qu’il continue.",
    )
    type = models.CharField("type", max_length=10, choices=Type, default=Type.CONTRAT)
    etat = models.CharField("état", max_length=12, choices=Etat, default=Etat.PREPARATION)
    signe_le = Jour("signé le", null=True, blank=True)
    lieu = models.CharField("lieu de signature", max_length=100, blank=True)
    debut = Jour("début de la période", null=True, blank=True)
    fin = Jour("fin de la période", null=True, blank=True)
    nombre_fiches_annonce = models.PositiveSmallIntegerField(
        "nombre de fiches annoncé", null=True, blank=True
    )
    fiches = models.ManyToManyField(
        FicheAction, through="FicheContrat", related_name="contrats", blank=True
    )
    liens = models.ManyToManyField(
        LienProgramme,
        verbose_name="liens avec d’autres programmes",
        related_name="contrats",
        blank=True,
        help_text="Ceux du territoire avec lesquels ce contrat s’articule.",
    )
    source = models.CharField("source", max_length=300, blank=True)
    recherche = CleDeRecherche(sources=("reference",))

    objects = ContratQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du contrat", m2m_fields=[liens])

    class Meta:
        verbose_name = "contrat"
        ordering = [models.F("signe_le").desc(nulls_first=True), "reference"]
        constraints = [
            dates_dans_l_ordre("debut", "fin", "contrat_dates"),
            parmi("type", TypeContrat.values, "contrat_type"),
            parmi("etat", EtatContrat.values, "contrat_etat"),
            models.CheckConstraint(
                name="contrat_signe_date",
                condition=models.Q(etat=EtatContrat.PREPARATION.value)
                | models.Q(signe_le__isnull=False),
                violation_error_message="Un contrat signé porte la date de sa signature.",
            ),
        ]

    def __str__(self):
        return f"{capfirst(self.get_type_display())} – {self.territoire.nom}"

    def get_absolute_url(self):
        return adresse("contrat", self.reference)

    def clean(self):
        chaine = self.precedent_id and self.territoire_id
        if chaine and (refus := self._mal_chaine(self.precedent)):
            raise ValidationError({"precedent": refus})

    def _mal_chaine(self, precedent):
        """Why this one cannot follow that one; empty when it can."""
        if precedent.pk in {self.pk, *(suite.pk for suite in self.descendance())}:
            return "Un contrat ne fait pas suite à lui-même, ni à ce qui lui fait suite."
        if precedent.territoire_id not in avec_ses_ancetres(self.territoire_id):
            return (
                f"« {precedent} » n’est ni de ce territoire, ni d’un territoire qu’il "
                "continue d’après une filiation confirmée."
            )
        if self.type == self.Type.PROTOCOLE and precedent.type == self.Type.CONTRAT:
            return "Un protocole vient avant le contrat, pas après."
        if self.est_du_public and not precedent.est_du_public:
            return "Ce qu’il prolonge n’est pas signé : dites d’abord quand il l’a été."
        if self.signe_le and precedent.signe_le and self.signe_le < precedent.signe_le:
            return "Celui-ci serait signé avant ce qu’il prolonge : revoyez les dates."
        return ""

    def descendance(self):
        """What follows it, step by step."""
        suites, vus = (list(self.suites.all()) if self.pk else []), []
        while suites:
            suite = suites.pop()
            if suite not in vus:
                vus.append(suite)
                suites += suite.suites.all()
        return vus

    @property
    def est_du_public(self):
        return self.etat in self.ETATS_PUBLICS

    def est_termine_au(self, date):
        """Its period was over on that day; one closed without a date of end is over today."""
        if self.fin:
            return self.fin < date
        return self.etat == self.Etat.TERMINE and date >= timezone.localdate()
