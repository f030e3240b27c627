"""Phases and their axes, partenaires with their offers, conventions with their engagements."""

from datetime import timedelta

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from programme.fichiers import chemin_de_piece, valider_fichier
from territoires.champs import CleDeRecherche
from territoires.contraintes import dates_dans_l_ordre, parmi, positif, unique
from territoires.models.geographie import ReferenceQuerySet

PREAVIS = timedelta(days=60)  # before a deadline
SILENCE = timedelta(days=182)  # six months


class Phase(models.Model):
    numero = models.PositiveSmallIntegerField("numéro", unique=True)
    nom = models.CharField("nom", max_length=100)
    debut = models.DateField("début")
    fin = models.DateField("fin", null=True, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "phase"
        ordering = ["numero"]
        constraints = [dates_dans_l_ordre("debut", "fin", "phase_dates")]

    def __str__(self):
        return self.nom


class Axe(models.Model):
    code = models.SlugField("code", max_length=40, unique=True)
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="axes")
    nom = models.CharField("nom", max_length=100)
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    recherche = CleDeRecherche()

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "axe"
        ordering = ["-phase__numero", "ordre"]
        constraints = [unique(["phase", "nom"], "axe_unique", "Cette phase a déjà cet axe.")]

    def __str__(self):
        return f"{self.nom} (phase {self.phase.numero})"


class Partenaire(models.Model):
    class Nature(models.TextChoices):
        OPERATEUR = "operateur", "opérateur de l’État"
        ASSOCIATION = "association", "association"
        COLLECTIVITE = "collectivite", "collectivité"
        ENTREPRISE = "entreprise", "entreprise"
        AUTRE = "autre", "autre"

    identifiant = models.SlugField("identifiant", max_length=80, unique=True)
    nom = models.CharField("nom", max_length=150)
    nature = models.CharField("nature", max_length=15, choices=Nature, default=Nature.OPERATEUR)
    presentation = models.TextField("présentation", blank=True)
    site = models.URLField("site internet", blank=True)
    recherche = CleDeRecherche()

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "partenaire"
        ordering = ["nom"]
        constraints = [
            parmi(
                "nature",
                ["operateur", "association", "collectivite", "entreprise", "autre"],
                "partenaire_nature",
            )
        ]

    def __str__(self):
        return self.nom

    def get_absolute_url(self):
        return reverse("partenaire", args=[self.identifiant])


class OffreDeService(models.Model):
    class Genre(models.TextChoices):
        GENERIQUE = "generique", "générique"
        SPECIFIQUE = "specifique", "spécifique"

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

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "offre de service"
        verbose_name_plural = "offres de service"
        ordering = ["partenaire__nom", "genre", "intitule"]
        constraints = [parmi("genre", ["generique", "specifique"], "offre_genre")]

    def __str__(self):
        return self.intitule


class ConventionQuerySet(ReferenceQuerySet):
    def publiques(self):
        return self.filter(publiee=True)


class Convention(models.Model):
    reference = models.SlugField("référence", max_length=60, unique=True)
    partenaire = models.ForeignKey(Partenaire, models.PROTECT, related_name="conventions")
    objet = models.CharField("objet", max_length=300)
    description = models.TextField("description", blank=True)
    signee_le = models.DateField("signée le", null=True, blank=True)
    lieu = models.CharField("lieu de signature", max_length=100, blank=True)
    debut = models.DateField("prend effet le", null=True, blank=True)
    fin = models.DateField("se termine le", null=True, blank=True)
    publiee = models.BooleanField("publiée", default=False)
    source = models.CharField("source", max_length=300, blank=True)
    recherche = CleDeRecherche(sources=("objet", "reference"))

    objects = ConventionQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la convention")

    class Meta:
        verbose_name = "convention"
        ordering = ["-signee_le", "reference"]
        constraints = [dates_dans_l_ordre("debut", "fin", "convention_dates")]

    def __str__(self):
        return self.objet

    def get_absolute_url(self):
        return reverse("convention", args=[self.reference])


class SignataireConvention(models.Model):
    convention = models.ForeignKey(Convention, models.CASCADE, related_name="signataires")
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    organisation = models.CharField("organisation", max_length=200)
    personne = models.CharField("personne", max_length=150, blank=True)
    fonction = models.CharField("fonction", max_length=200, blank=True)

    class Meta:
        verbose_name = "signataire"
        ordering = ["ordre", "pk"]
        constraints = [
            unique(
                ["convention", "ordre"],
                "signataireconvention_ordre",
                "Deux signataires portent le même rang.",
            )
        ]

    def __str__(self):
        return self.personne or self.organisation


def _jours(duree):
    return f"{duree.days} jour" + ("s" if duree.days > 1 else "")


class EngagementQuerySet(ReferenceQuerySet):
    def ouverts(self):
        return self.filter(etat__in=(Engagement.Etat.ANNONCE, Engagement.Etat.EN_COURS))

    def a_suivre(self, aujourdhui):
        """Open ones that fall due soon, are late, or of which nothing was heard for long."""
        depuis = aujourdhui - SILENCE
        return self.ouverts().filter(
            models.Q(echeance__lte=aujourdhui + PREAVIS)
            | models.Q(nouvelle_du__lt=depuis)
            | models.Q(nouvelle_du=None, convention__signee_le__lt=depuis)
        )


class Engagement(models.Model):
    class Etat(models.TextChoices):
        ANNONCE = "annonce", "annoncé"
        EN_COURS = "en_cours", "en cours"
        TENU = "tenu", "tenu"
        ABANDONNE = "abandonne", "abandonné"

    convention = models.ForeignKey(Convention, models.CASCADE, related_name="engagements")
    numero = models.PositiveSmallIntegerField("numéro")
    intitule = models.CharField("intitulé", max_length=300)
    montant = models.DecimalField(
        "montant", max_digits=14, decimal_places=2, null=True, blank=True, help_text="En euros."
    )
    echeance = models.DateField("échéance", null=True, blank=True)
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.ANNONCE)
    nouvelle = models.TextField("dernière nouvelle", blank=True)
    nouvelle_du = models.DateField("nouvelle du", null=True, blank=True)

    objects = EngagementQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’engagement")

    class Meta:
        verbose_name = "engagement"
        ordering = ["convention", "numero"]
        constraints = [
            unique(
                ["convention", "numero"],
                "engagement_numero",
                "Cette convention a déjà un engagement de ce numéro.",
            ),
            positif("montant", "engagement_montant", "Un montant ne peut pas être négatif."),
            parmi("etat", ["annonce", "en_cours", "tenu", "abandonne"], "engagement_etat"),
        ]

    def __str__(self):
        return self.intitule

    def alertes(self, aujourdhui):
        """Why it is to be followed up, in short sentences."""
        alertes = []
        if self.echeance and self.echeance < aujourdhui:
            alertes.append(f"Échéance dépassée de {_jours(aujourdhui - self.echeance)}.")
        elif self.echeance and self.echeance <= aujourdhui + PREAVIS:
            alertes.append(f"Échéance dans {_jours(self.echeance - aujourdhui)}.")
        entendu = self.nouvelle_du or self.convention.signee_le
        if entendu and entendu < aujourdhui - SILENCE:
            alertes.append(f"Aucune nouvelle depuis {_jours(aujourdhui - entendu)}.")
        return alertes


class Avenant(models.Model):
    convention = models.ForeignKey(Convention, models.CASCADE, related_name="avenants")
    numero = models.PositiveSmallIntegerField("numéro")
    signe_le = models.DateField("signé le")
    objet = models.CharField("objet", max_length=300)
    changements = models.TextField("ce qu’il change", blank=True)

    class Meta:
        verbose_name = "avenant"
        ordering = ["convention", "numero"]
        constraints = [
            unique(
                ["convention", "numero"],
                "avenant_numero",
                "Cette convention a déjà un avenant de ce numéro.",
            )
        ]

    def __str__(self):
        return f"Avenant nᵒ {self.numero}"


class DocumentConvention(models.Model):
    convention = models.ForeignKey(Convention, models.CASCADE, related_name="documents")
    titre = models.CharField("titre", max_length=200)
    fichier = models.FileField("fichier", upload_to=chemin_de_piece, validators=[valider_fichier])
    depose_le = models.DateTimeField("déposé le", auto_now_add=True)

    class Meta:
        verbose_name = "document"
        ordering = ["titre"]

    def __str__(self):
        return self.titre
