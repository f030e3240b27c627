"""Conventions with their engagements, and the avenants that change them."""

from datetime import timedelta
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date
from simple_history.models import HistoricalRecords

from programme.ecritures import euros, jour
from programme.fichiers import chemin_de_piece, valider_fichier
from programme.partenaires.models.partenaires import Partenaire
from territoires.adresses import adresse
from territoires.champs import CleDeRecherche, Jour
from territoires.contraintes import dates_dans_l_ordre, parmi, positif, unique
from territoires.geographie.models import ReferenceQuerySet
from territoires.publics import cles_publiques

PREAVIS = timedelta(days=60)  # before a deadline
SILENCE = timedelta(days=182)  # six months


class ConventionQuerySet(ReferenceQuerySet):
    def du_public(self):
        return self.filter(publiee=True)


class DeLaConventionQuerySet(models.QuerySet):
    """Rows of a convention: public with it."""

    def du_public(self):
        return self.filter(convention__in=cles_publiques(Convention))


class Convention(models.Model):
    reference = models.SlugField("référence", max_length=60, unique=True)
    partenaire = models.ForeignKey(Partenaire, models.PROTECT, related_name="conventions")
    objet = models.CharField("objet", max_length=300)
    description = models.TextField("description", blank=True)
    signee_le = Jour("signée le", null=True, blank=True)
    lieu = models.CharField("lieu de signature", max_length=100, blank=True)
    debut = Jour("prend effet le", null=True, blank=True)
    fin = Jour("se termine le", null=True, blank=True)
    publiee = models.BooleanField("publiée", default=False)
    source = models.CharField("source", max_length=300, blank=True)
    recherche = CleDeRecherche(sources=("objet", "reference"))

    objects = ConventionQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la convention")

    feminin = True  # its name is

    class Meta:
        verbose_name = "convention"
        ordering = [models.F("signee_le").desc(nulls_first=True), "reference"]
        constraints = [dates_dans_l_ordre("debut", "fin", "convention_dates")]

    def __str__(self):
        return self.objet

    def get_absolute_url(self):
        return adresse("convention", self.reference)

    @property
    def est_du_public(self):
        return self.publiee


class SignataireConvention(models.Model):
    convention = models.ForeignKey(Convention, models.CASCADE, related_name="signataires")
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    organisation = models.CharField("organisation", max_length=200)
    personne = models.CharField("personne", max_length=150, blank=True)
    fonction = models.CharField("fonction", max_length=200, blank=True)

    objects = DeLaConventionQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du signataire de la convention")

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


class EngagementQuerySet(DeLaConventionQuerySet, ReferenceQuerySet):
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


class EtatEngagement(models.TextChoices):
    ANNONCE = "annonce", "annoncé"
    EN_COURS = "en_cours", "en cours"
    TENU = "tenu", "tenu"
    ABANDONNE = "abandonne", "abandonné"


class Engagement(models.Model):
    Etat = EtatEngagement

    convention = models.ForeignKey(Convention, models.CASCADE, related_name="engagements")
    numero = models.PositiveSmallIntegerField("numéro")
    intitule = models.CharField("intitulé", max_length=300)
    montant = models.DecimalField(
        "montant", max_digits=14, decimal_places=2, null=True, blank=True, help_text="En euros."
    )
    echeance = Jour("échéance", null=True, blank=True)
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.ANNONCE)
    nouvelle = models.TextField("dernière nouvelle", blank=True)
    nouvelle_du = Jour("nouvelle du", null=True, blank=True)

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
            parmi("etat", EtatEngagement.values, "engagement_etat"),
        ]

    def __str__(self):
        return self.intitule

    def get_absolute_url(self):
        return adresse("engagement", self.convention.reference, self.numero)

    def raisons(self, aujourdhui):
        """[(which alert, the date it counts from, sentence)]: why it is to be followed up."""
        raisons = []
        if self.echeance and self.echeance < aujourdhui:
            phrase = f"Échéance dépassée de {_jours(aujourdhui - self.echeance)}."
            raisons.append(("retard", self.echeance, phrase))
        elif self.echeance and self.echeance <= aujourdhui + PREAVIS:
            phrase = f"Échéance dans {_jours(self.echeance - aujourdhui)}."
            raisons.append(("echeance", self.echeance, phrase))
        entendu = self.nouvelle_du or self.convention.signee_le
        if entendu and entendu < aujourdhui - SILENCE:
            phrase = f"Aucune nouvelle depuis {_jours(aujourdhui - entendu)}."
            raisons.append(("silence", entendu, phrase))
        return raisons

    def alertes(self, aujourdhui):
        return [phrase for _, _, phrase in self.raisons(aujourdhui)]


class Avenant(models.Model):
    convention = models.ForeignKey(Convention, models.CASCADE, related_name="avenants")
    numero = models.PositiveSmallIntegerField("numéro")
    signe_le = Jour("signé le")
    objet = models.CharField("objet", max_length=300)
    changements = models.TextField("ce qu’il change", blank=True)

    objects = DeLaConventionQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de l’avenant")

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


class ModificationAvenantQuerySet(models.QuerySet):
    def du_public(self):
        return self.filter(avenant__in=cles_publiques(Avenant))


class ChampModificationAvenant(models.TextChoices):
    OBJET = "objet", "objet"
    DEBUT = "debut", "prend effet le"
    FIN = "fin", "se termine le"
    MONTANT = "montant", "montant"
    ECHEANCE = "echeance", "échéance"


D_UN_ENGAGEMENT = (ChampModificationAvenant.MONTANT, ChampModificationAvenant.ECHEANCE)
D_UNE_CONVENTION = [
    champ for champ in ChampModificationAvenant.values if champ not in D_UN_ENGAGEMENT
]


class ModificationAvenant(models.Model):
    """One thing that an avenant changed, before and after, as plain text (ISO dates, euros)."""

    Champ = ChampModificationAvenant

    D_UN_ENGAGEMENT = D_UN_ENGAGEMENT
    DATES = (Champ.DEBUT, Champ.FIN, Champ.ECHEANCE)

    avenant = models.ForeignKey(Avenant, models.CASCADE, related_name="modifications")
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    champ = models.CharField("ce qui change", max_length=10, choices=Champ)
    engagement = models.ForeignKey(
        Engagement, models.CASCADE, related_name="modifications", null=True, blank=True
    )
    avant = models.CharField("avant", max_length=300, blank=True)
    apres = models.CharField("après", max_length=300, blank=True)

    objects = ModificationAvenantQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique de la modification par avenant")

    class Meta:
        verbose_name = "modification par avenant"
        verbose_name_plural = "modifications par avenant"
        ordering = ["avenant", "ordre"]
        constraints = [
            unique(
                ["avenant", "ordre"],
                "modificationavenant_ordre",
                "Deux modifications de cet avenant portent le même rang.",
            ),
            parmi("champ", ChampModificationAvenant.values, "modificationavenant_champ"),
            models.CheckConstraint(
                name="modificationavenant_engagement",
                condition=models.Q(
                    champ__in=[champ.value for champ in D_UN_ENGAGEMENT], engagement__isnull=False
                )
                | models.Q(champ__in=D_UNE_CONVENTION, engagement__isnull=True),
                violation_error_message="Un montant ou une échéance est celui d’un engagement ; "
                "un objet ou une période, celui de la convention.",
            ),
        ]

    def __str__(self):
        return self.get_champ_display()

    def clean(self):
        for nom in ("avant", "apres"):
            valeur = getattr(self, nom)
            if valeur and not self._lisible(valeur):
                raise ValidationError(
                    {nom: f"« {valeur} » : une date s’écrit 2027-12-31, un montant 1500000.00."}
                )

    def _lisible(self, valeur):
        try:
            if self.champ in self.DATES:
                return parse_date(valeur) is not None
            return self.champ != self.Champ.MONTANT or Decimal(valeur).is_finite()
        except (ValueError, InvalidOperation):
            return False

    @property
    def avant_en_clair(self):
        return self._en_clair(self.avant)

    @property
    def apres_en_clair(self):
        return self._en_clair(self.apres)

    def _en_clair(self, valeur):
        if not valeur:
            return "non précisé"
        if self.champ in self.DATES:
            return jour(parse_date(valeur))
        if self.champ == self.Champ.MONTANT:
            return euros(Decimal(valeur))
        return valeur


class DocumentConvention(models.Model):
    convention = models.ForeignKey(Convention, models.CASCADE, related_name="documents")
    titre = models.CharField("titre", max_length=200)
    fichier = models.FileField("fichier", upload_to=chemin_de_piece, validators=[valider_fichier])
    depose_le = models.DateTimeField("déposé le", auto_now_add=True)

    objects = DeLaConventionQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique du document de la convention")

    class Meta:
        verbose_name = "document"
        ordering = ["titre"]

    def __str__(self):
        return self.titre
