"""Phases and their axes, partenaires with their offers of service."""

from django.db import models
from simple_history.models import HistoricalRecords

from territoires.adresses import adresse
from territoires.champs import CleDeRecherche, Jour, valider_siret
from territoires.contraintes import dates_dans_l_ordre, parmi, unique
from territoires.geographie.models import NomenclatureQuerySet


class Phase(models.Model):
    numero = models.PositiveSmallIntegerField("numéro", unique=True)
    nom = models.CharField("nom", max_length=100)
    debut = Jour("début")
    fin = Jour("fin", null=True, blank=True)

    objects = NomenclatureQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la phase")

    feminin = True  # its name is

    class Meta:
        verbose_name = "phase"
        ordering = ["numero"]
        constraints = [dates_dans_l_ordre("debut", "fin", "phase_dates")]

    def __str__(self):
        return self.nom


class PrecisionDate(models.TextChoices):
    JOUR = "jour", "au jour"
    MOIS = "mois", "au mois"


class DateCle(models.Model):
    """One dated figure of the programme, as its story is told in brief."""

    Precision = PrecisionDate

    code = models.SlugField("code", max_length=40, unique=True)
    le = Jour("date", help_text="Le premier du mois quand seul le mois est connu.")
    precision = models.CharField(
        "précision", max_length=4, choices=Precision, default=Precision.JOUR
    )
    chiffre = models.CharField(
        "chiffre", max_length=40, help_text="Avec son unité. Par exemple : 124 territoires."
    )
    texte = models.CharField(
        "ce qui s’est passé", max_length=200, help_text="Une phrase, avec son point."
    )
    source = models.CharField("source", max_length=200)

    objects = NomenclatureQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la date clé")

    feminin = True  # its name is

    class Meta:
        verbose_name = "date clé"
        verbose_name_plural = "dates clés"
        ordering = ["le", "code"]
        constraints = [parmi("precision", PrecisionDate.values, "date_cle_precision")]

    def __str__(self):
        return self.chiffre


class Axe(models.Model):
    code = models.SlugField("code", max_length=40, unique=True)
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="axes")
    nom = models.CharField("nom", max_length=100)
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    recherche = CleDeRecherche()

    objects = NomenclatureQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’axe", excluded_fields=["recherche"])

    class Meta:
        verbose_name = "axe"
        ordering = ["-phase__numero", "ordre"]
        constraints = [unique(["phase", "nom"], "axe_unique", "Cette phase a déjà cet axe.")]

    def __str__(self):
        return f"{self.nom} (phase {self.phase.numero})"


class NaturePartenaire(models.TextChoices):
    OPERATEUR = "operateur", "opérateur de l’État"
    ASSOCIATION = "association", "association"
    COLLECTIVITE = "collectivite", "collectivité"
    ENTREPRISE = "entreprise", "entreprise"
    AUTRE = "autre", "autre"


class Partenaire(models.Model):
    Nature = NaturePartenaire

    identifiant = models.SlugField("identifiant", max_length=80, unique=True)
    nom = models.CharField("nom", max_length=150)
    nature = models.CharField("nature", max_length=15, choices=Nature, default=Nature.OPERATEUR)
    presentation = models.TextField("présentation", blank=True)
    site = models.URLField("site internet", blank=True)
    siret = models.CharField(
        "SIRET",
        max_length=14,
        blank=True,
        validators=[valider_siret],
        help_text="Quatorze chiffres. Publié avec ce que ce partenaire accorde.",
    )
    recherche = CleDeRecherche()

    objects = NomenclatureQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique du partenaire", excluded_fields=["recherche"]
    )

    class Meta:
        verbose_name = "partenaire"
        ordering = ["nom"]
        constraints = [parmi("nature", NaturePartenaire.values, "partenaire_nature")]

    def __str__(self):
        return self.nom

    def get_absolute_url(self):
        return adresse("partenaire", self.identifiant)


class GenreOffreDeService(models.TextChoices):
    GENERIQUE = "generique", "générique"
    SPECIFIQUE = "specifique", "spécifique"


class OffreDeServiceQuerySet(NomenclatureQuerySet):
    def pour_les_axes(self, axes):
        """Of use to these axes, or to all: an offer that names none is of use to every action."""
        return self.filter(models.Q(axes__in=axes) | models.Q(axes=None)).distinct()


class OffreDeService(models.Model):
    Genre = GenreOffreDeService

    reference = models.SlugField("référence", max_length=60, unique=True)
    partenaire = models.ForeignKey(Partenaire, models.CASCADE, related_name="offres")
    intitule = models.CharField("intitulé", max_length=200)
    genre = models.CharField("genre", max_length=10, choices=Genre, default=Genre.GENERIQUE)
    description = models.TextField("description", blank=True)
    axes = models.ManyToManyField(Axe, related_name="offres", blank=True)
    beneficiaires = models.CharField(
        "qui peut la demander", max_length=200, blank=True, help_text="Par exemple : entreprises."
    )
    contact = models.CharField(
        "contact publié",
        max_length=200,
        blank=True,
        help_text="Contact professionnel, visible de tous : adresse générique de préférence.",
    )
    recherche = CleDeRecherche(sources=("intitule",))

    objects = OffreDeServiceQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de l’offre de service",
        excluded_fields=["recherche"],
        m2m_fields=[axes],
    )

    feminin = True  # its name is

    class Meta:
        verbose_name = "offre de service"
        verbose_name_plural = "offres de service"
        ordering = ["partenaire__nom", "genre", "intitule"]
        constraints = [parmi("genre", GenreOffreDeService.values, "offre_genre")]

    def __str__(self):
        return self.intitule
