"""What slows an action down: the rule met, row by row, and the national register of such rules."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q, Sum
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programme.fiches.models.fiches import FicheAction, tirage
from programme.fiches.models.plans import montants
from territoires.champs import CleDeRecherche, Jour, mots_cherches
from territoires.contraintes import parmi, positif, qui_et_quand, unique
from territoires.geographie.models import ReferenceQuerySet


def nouvelle_reference_nationale():
    return f"ON-{tirage()}"


class ObstacleNationalQuerySet(ReferenceQuerySet):
    def for_user(self, user):
        """The délégation prepares them; the other agents read what is published."""
        if getattr(user, "est_delegation", False):
            return self.all()
        return self.du_public() if getattr(user, "a_un_perimetre", False) else self.none()

    def du_public(self):
        return self.filter(publiee_le__isnull=False)

    def avec_comptes(self):
        """How far each reaches, by public fiches alone: a small number could tell of a draft.

        What is lifted holds nothing back any more.
        """
        publics = Q(obstacles__fiche__etat__in=FicheAction.ETATS_PUBLICS)
        presents = publics & Q(obstacles__leve_le=None)
        return self.annotate(
            nombre_territoires=Count("obstacles__fiche__territoire", distinct=True, filter=publics),
            emplois_retenus=Sum("obstacles__emplois", filter=presents),
            montant_retenu=Sum("obstacles__montant", filter=presents),
        )


class EtatObstacleNational(models.TextChoices):
    EXAMEN = "examen", "à l’examen"
    EN_COURS = "en_cours", "simplification en cours"
    LEVE = "leve", "levé"
    MAINTENUE = "maintenue", "règle maintenue"


class ObstacleNational(models.Model):
    """One rule met in several territoires, as the délégation tells of it: without any name."""

    Etat = EtatObstacleNational

    reference = models.CharField(
        "référence",
        max_length=20,
        unique=True,
        default=nouvelle_reference_nationale,
        editable=False,
    )
    regle = models.CharField(
        "règle",
        max_length=300,
        help_text="En une ligne. Par exemple : instruction séparée de l’étude d’impact et du "
        "dossier sur l’eau.",
    )
    resume = models.TextField(
        "ce qu’elle retient",
        blank=True,
        help_text="Sans nommer ni territoire, ni entreprise, ni personne : ce texte est publié.",
    )
    simplification = models.TextField("simplification demandée", blank=True)
    reponse = models.TextField("réponse", blank=True)
    etat = models.CharField(
        "où cela en est", max_length=9, choices=EtatObstacleNational, default="examen"
    )
    etat_du = Jour("depuis le", null=True, blank=True)
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True, editable=False)
    publiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="publiée par",
        related_name="+",
        null=True,
        editable=False,
    )
    recherche = CleDeRecherche(sources=("regle", "reference"))

    objects = ObstacleNationalQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de l’obstacle national", excluded_fields=["recherche"]
    )

    class Meta:
        verbose_name = "obstacle national"
        verbose_name_plural = "obstacles nationaux"
        ordering = ["regle", "pk"]
        constraints = [
            parmi("etat", EtatObstacleNational.values, "obstaclenational_etat"),
            qui_et_quand("publiee_par", "publiee_le", "obstaclenational_publie"),
        ]

    def __str__(self):
        return self.regle

    @property
    def est_du_public(self):
        return self.publiee_le is not None


# Where an obstacle stands.
ATTENDU, REPONDU, LEVE = Q(reponse="", leve_le=None), ~Q(reponse=""), Q(leve_le__isnull=False)


class ObstacleQuerySet(models.QuerySet):
    """Rows of a fiche that are never published: only the national register is."""

    def for_user(self, user):
        return self.filter(fiche__in=FicheAction.objects.for_user(user))

    def sans_reponse(self):
        """Those that wait for somebody: neither answered nor lifted, of a fiche that went up."""
        return self.filter(ATTENDU).exclude(fiche__etat=FicheAction.Etat.BROUILLON)

    def chercher(self, texte):
        """By the words of the rule, or of its fiche."""
        rows = self
        for mot in mots_cherches(texte):
            rows = rows.filter(Q(recherche__contains=mot) | Q(fiche__recherche__contains=mot))
        return rows


class Obstacle(models.Model):
    """One rule that an action met: what it holds back, what is asked for, what was answered."""

    fiche = models.ForeignKey(FicheAction, models.CASCADE, related_name="obstacles")
    ordre = models.PositiveSmallIntegerField("ordre", default=1)
    regle = models.TextField(
        "règle rencontrée",
        help_text="Une règle ou une procédure qui freine l’action. Par exemple : dix-huit mois "
        "pour obtenir une autorisation.",
    )
    retient = models.TextField(
        "ce qu’elle retient",
        blank=True,
        help_text="Par exemple : l’ouverture de la seconde ligne de production.",
    )
    emplois = models.PositiveIntegerField(
        "emplois retenus", null=True, blank=True, help_text="Si vous le savez. Par exemple : 40."
    )
    montant = montants(
        "montant retenu",
        null=True,
        blank=True,
        help_text="En euros, si vous le savez. Par exemple : 1 200 000.",
    )
    simplification = models.TextField(
        "simplification demandée",
        blank=True,
        help_text="Ce qui lèverait l’obstacle. Par exemple : un guichet unique.",
    )
    signale_le = Jour(
        "signalé le", null=True, blank=True, help_text="Vide : le jour où il est enregistré."
    )
    reponse = models.TextField("réponse", blank=True)
    repondu_le = Jour("répondu le", null=True, blank=True)
    leve_le = Jour("levé le", null=True, blank=True)
    nationale = models.ForeignKey(
        ObstacleNational,
        models.PROTECT,
        verbose_name="entrée du registre national",
        related_name="obstacles",
        null=True,
        blank=True,
    )

    recherche = CleDeRecherche(sources=("regle", "retient"))

    objects = ObstacleQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="historique de l’obstacle", excluded_fields=["recherche"]
    )

    class Meta:
        verbose_name = "obstacle"
        ordering = ["ordre", "pk"]
        constraints = [
            unique(["fiche", "ordre"], "obstacle_ordre", "Deux obstacles portent le même rang."),
            positif("montant", "obstacle_montant", "Un montant ne peut pas être négatif."),
            positif("emplois", "obstacle_emplois"),
            models.CheckConstraint(
                name="obstacle_repondu_le",
                condition=Q(repondu_le=None) | ~Q(reponse=""),
                violation_error_message="Une date de réponse va avec une réponse.",
            ),
        ]

    def __str__(self):
        """Its beginning, never cut within a word."""
        if len(self.regle) <= 80:
            return self.regle
        return f"{self.regle[:79].rsplit(maxsplit=1)[0]}…"

    def save(self, *args, **kwargs):
        if self._state.adding and self.signale_le is None:
            self.signale_le = timezone.localdate()
        super().save(*args, **kwargs)

    def clean(self):
        for nom, phrase in (
            ("signale_le", "Un obstacle se signale une fois rencontré."),
            ("leve_le", "Un obstacle se dit levé une fois qu’il l’est."),
        ):
            jour = getattr(self, nom)
            if jour and jour > timezone.localdate():
                raise ValidationError({nom: phrase})


class Reponse(models.Model):
    """What was answered to an obstacle: dated, signed, kept when another answer follows."""

    obstacle = models.ForeignKey(Obstacle, models.CASCADE, related_name="reponses")
    texte = models.TextField("réponse")
    le = models.DateTimeField("date", default=timezone.now)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="auteur", related_name="+"
    )

    class Meta:
        verbose_name = "réponse à un obstacle"
        verbose_name_plural = "réponses aux obstacles"
        ordering = ["le", "pk"]

    def __str__(self):
        return self.texte[:80]
