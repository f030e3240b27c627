"""Who spoke in the assemblées, under which names, and what each said."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from evenements.models.assemblees import Sequence
from territoires.adresses import adresse
from territoires.champs import CleDeRecherche
from territoires.contraintes import unique
from territoires.editions.models import Territoire
from territoires.geographie.models import ReferenceQuerySet
from territoires.publics import cles_publiques


class IntervenantQuerySet(ReferenceQuerySet):
    def for_user(self, user):
        """As with the assemblées: who is to speak in a draft is known to the délégation alone."""
        rows = super().for_user(user)
        return rows if getattr(user, "est_delegation", False) else rows.du_public()

    def du_public(self):
        """Those who spoke in a published assemblée, each once."""
        return self.filter(pk__in=cles_publiques(Intervention, "intervenant"))


class Intervenant(models.Model):
    identifiant = models.SlugField("identifiant", max_length=80, unique=True)
    prenom = models.CharField("prénom", max_length=80, blank=True)
    nom = models.CharField("nom", max_length=100)
    recherche = CleDeRecherche(sources=("prenom", "nom"))

    objects = IntervenantQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de l’intervenant", excluded_fields=["recherche"]
    )

    class Meta:
        verbose_name = "intervenant"
        ordering = ["nom", "prenom"]

    def __str__(self):
        return f"{self.prenom} {self.nom}".strip()

    def get_absolute_url(self):
        return adresse("intervenant", self.identifiant)

    def clean(self):
        if AutreNom.objects.filter(identifiant=self.identifiant).exists():
            raise ValidationError(
                {"identifiant": "Cette adresse mène déjà à une personne fusionnée."}
            )


class AutreNomQuerySet(ReferenceQuerySet):
    def du_public(self):
        return self.filter(intervenant__in=cles_publiques(Intervenant))


class AutreNom(models.Model):
    """Another spelling under which a person was entered: its old address leads to the person."""

    identifiant = models.SlugField("ancien identifiant", max_length=80, unique=True)
    intervenant = models.ForeignKey(Intervenant, models.CASCADE, related_name="autres_noms")
    nom = models.CharField("nom tel qu’il était écrit", max_length=200)

    objects = AutreNomQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’autre nom")

    class Meta:
        verbose_name = "autre nom"
        verbose_name_plural = "autres noms"
        ordering = ["intervenant", "identifiant"]

    def __str__(self):
        return self.nom


class InterventionQuerySet(models.QuerySet):
    def du_public(self):
        return self.filter(sequence__in=cles_publiques(Sequence))

    def des_plus_recentes(self):
        """The latest assemblées first, and in each the order of the programme."""
        return self.select_related("sequence__assemblee", "intervenant", "territoire").order_by(
            "-sequence__assemblee__date_debut", "sequence__assemblee", "sequence__ordre", "ordre"
        )


class Intervention(models.Model):
    sequence = models.ForeignKey(
        Sequence, models.CASCADE, verbose_name="séquence", related_name="interventions"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    intervenant = models.ForeignKey(
        Intervenant, models.PROTECT, related_name="interventions", null=True, blank=True
    )
    role = models.CharField("rôle", max_length=200, blank=True, help_text="À cette date.")
    organisation = models.CharField("organisation", max_length=200, blank=True)
    territoire = models.ForeignKey(
        Territoire,
        models.PROTECT,
        verbose_name="au nom du territoire",
        related_name="interventions",
        null=True,
        blank=True,
    )
    resume = models.TextField("résumé", blank=True)
    citation = models.TextField(
        "citation littérale", blank=True, help_text="Seulement les mots exacts, avec leur source."
    )

    objects = InterventionQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’intervention")

    class Meta:
        verbose_name = "intervention"
        ordering = ["sequence", "ordre", "pk"]
        constraints = [
            unique(
                ["sequence", "ordre"],
                "intervention_ordre",
                "Deux interventions portent le même rang.",
            ),
            models.CheckConstraint(
                name="intervention_quelqu_un",
                condition=models.Q(intervenant__isnull=False) | ~models.Q(organisation=""),
                violation_error_message="Indiquez une personne ou une organisation.",
            ),
        ]

    def __str__(self):
        return str(self.intervenant or self.organisation)
