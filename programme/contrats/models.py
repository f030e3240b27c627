"""Protocoles and contrats of the territoires, with their three groups of signatories."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programme.fiches.models import FicheAction
from territoires.champs import CleDeRecherche, Jour, cle_de_recherche, valider_siret
from territoires.contraintes import dates_dans_l_ordre, parmi, unique
from territoires.editions.models import Territoire

# How the name of a collectivité begins, once accents and capitals are gone.
COLLECTIVITES = (
    *("region", "conseil regional", "departement", "conseil departemental"),
    *("commune", "ville", "collectivite"),
)


class ContratQuerySet(models.QuerySet):
    def for_user(self, user):
        return self.filter(territoire__in=Territoire.objects.du_perimetre(user))

    def du_public(self):
        """Signed ones: a contrat in preparation is not announced before its signature."""
        return self.filter(etat__in=Contrat.ETATS_PUBLICS)

    def signes_au(self, date):
        """Public ones already signed on that day, whatever became of them since."""
        return self.du_public().filter(signe_le__lte=date)


class DuContratQuerySet(models.QuerySet):
    """Rows of a contrat: public with it."""

    def du_public(self):
        return self.filter(contrat__in=Contrat.objects.du_public())


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
    source = models.CharField("source", max_length=300, blank=True)
    recherche = CleDeRecherche(sources=("reference",))

    objects = ContratQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du contrat")

    class Meta:
        verbose_name = "contrat"
        ordering = ["-signe_le", "reference"]
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
        return f"{self.get_type_display().capitalize()} – {self.territoire.nom}"

    def get_absolute_url(self):
        return reverse("contrat", args=[self.reference])

    def est_termine_au(self, date):
        """Its period was over on that day; one closed without a date of end is over today."""
        if self.fin:
            return self.fin < date
        return self.etat == self.Etat.TERMINE and date >= timezone.localdate()


class GroupeSignataireContrat(models.TextChoices):
    INTERCOMMUNALITES = "intercommunalites", "intercommunalités"
    PUBLICS = "publics", "partenaires publics"
    ECONOMIQUES = "economiques", "partenaires économiques et industriels"


class SignataireContrat(models.Model):
    Groupe = GroupeSignataireContrat

    contrat = models.ForeignKey(Contrat, models.CASCADE, related_name="signataires")
    groupe = models.CharField("groupe", max_length=20, choices=Groupe)
    organisation = models.CharField("organisation", max_length=200)
    personne = models.CharField("personne", max_length=150, blank=True)
    role = models.CharField("rôle", max_length=150, blank=True)
    siret = models.CharField(
        "SIRET",
        max_length=14,
        blank=True,
        validators=[valider_siret],
        help_text="Quatorze chiffres, de la collectivité qui a délibéré.",
    )
    deliberation_assemblee = models.CharField("assemblée délibérante", max_length=150, blank=True)
    deliberation_numero = models.CharField("numéro de délibération", max_length=60, blank=True)
    deliberation_date = Jour("date de délibération", null=True, blank=True)

    objects = DuContratQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du signataire du contrat")

    class Meta:
        verbose_name = "signataire"
        ordering = ["contrat", "groupe", "organisation"]
        constraints = [
            parmi("groupe", GroupeSignataireContrat.values, "signatairecontrat_groupe"),
            unique(
                ["contrat", "organisation", "personne"],
                "signatairecontrat_unique",
                "Cette personne signe déjà ce contrat pour cette organisation.",
            ),
        ]

    def __str__(self):
        return self.organisation

    @property
    def doit_deliberer(self):
        """A collectivité signs after its assembly voted; the State and companies do not vote."""
        if self.groupe == self.Groupe.INTERCOMMUNALITES:
            return True
        publique = self.groupe == self.Groupe.PUBLICS
        return publique and cle_de_recherche(self.organisation).startswith(COLLECTIVITES)

    @property
    def deliberation_manquante(self):
        return self.doit_deliberer and not (self.deliberation_numero or self.deliberation_date)


class FicheContratQuerySet(DuContratQuerySet):
    def du_public(self):
        """A contrat may name a fiche that is not decided yet."""
        return super().du_public().filter(fiche__in=FicheAction.objects.du_public())


class FicheContrat(models.Model):
    contrat = models.ForeignKey(Contrat, models.CASCADE, related_name="lignes_fiches")
    fiche = models.ForeignKey(FicheAction, models.PROTECT, related_name="lignes_contrats")
    engagement_ferme = models.BooleanField("engagement ferme", default=False)

    objects = FicheContratQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la fiche du contrat")

    class Meta:
        verbose_name = "fiche du contrat"
        verbose_name_plural = "fiches du contrat"
        constraints = [
            unique(
                ["contrat", "fiche"], "fichecontrat_unique", "Cette fiche est déjà dans ce contrat."
            )
        ]

    def __str__(self):
        return str(self.fiche)
