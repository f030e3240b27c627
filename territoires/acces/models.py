"""Guesses of the last minute, those whom a provider knows, keys of programs."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Substr

from territoires.contraintes import unique
from territoires.geographie.models import Intercommunalite


class Essai(models.Model):
    """What was tried is told by a digest: a password typed in the wrong field is not kept."""

    cle = models.CharField("clé", max_length=64)
    le = models.DateTimeField("date")

    class Meta:
        verbose_name = "essai"
        verbose_name_plural = "essais"
        indexes = [models.Index(fields=["cle", "le"], name="essai_cle_le")]

    def __str__(self):
        return f"{self.cle[:8]}, {self.le:%H:%M:%S}"


class IdentiteLiee(models.Model):
    """Which agent a provider speaks of: tied once by a verified e-mail, then by its own key."""

    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="identites", verbose_name="agent"
    )
    emetteur = models.URLField("fournisseur")
    sub = models.CharField("clé du fournisseur", max_length=255)
    liee_le = models.DateTimeField("liée le", auto_now_add=True)

    class Meta:
        verbose_name = "identité liée"
        verbose_name_plural = "identités liées"
        constraints = [
            unique(
                ["emetteur", "sub"],
                "identite_du_fournisseur",
                "Cette identité est déjà tenue par un agent.",
            )
        ]

    def __str__(self):
        return f"{self.agent} ({self.emetteur})"


class DemandeQuerySet(models.QuerySet):
    def for_user(self, user):
        """Those that wait for an answer of the délégation: an account answers."""
        return self.all() if getattr(user, "est_delegation", False) else self.none()

    def avec_proposition(self):
        """Each with the key and the name of the intercommunalité of its SIRET, in one query."""
        trouvees = Intercommunalite.objects.existantes().filter(pk=Substr(OuterRef("siret"), 1, 9))
        return self.annotate(
            propose=Subquery(trouvees.values("pk")[:1]),
            propose_nom=Subquery(trouvees.values("nom")[:1]),
        )


class DemandeAcces(models.Model):
    """Somebody whom the provider knows and we do not: it opens nothing by itself."""

    feminin = True

    courriel = models.EmailField("adresse e-mail", unique=True)
    prenom = models.CharField("prénom", max_length=150, blank=True)
    nom = models.CharField("nom", max_length=150, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    demandee_le = models.DateTimeField("demandée le", auto_now=True)

    objects = DemandeQuerySet.as_manager()

    class Meta:
        verbose_name = "demande d’accès"
        verbose_name_plural = "demandes d’accès"
        ordering = ["-demandee_le", "-pk"]

    def __str__(self):
        return f"{self.prenom} {self.nom}".strip() or self.courriel


class CleApiQuerySet(models.QuerySet):
    def de(self, agent):
        """Those of this agent, revoked ones too: nobody else's."""
        return self.filter(agent=agent)


class CleApi(models.Model):
    """What an agent gives to a program that reads for it; the key itself is kept nowhere."""

    feminin = True

    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="cles_api", verbose_name="agent"
    )
    nom = models.CharField(
        "nom", max_length=100, help_text="À quoi elle sert. Par exemple : tableau de bord régional."
    )
    debut = models.CharField("début", max_length=12)  # shown, to tell one from another
    condense = models.CharField("condensé", max_length=64, unique=True)
    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    utilisee_le = models.DateTimeField("utilisée le", null=True)
    revoquee_le = models.DateTimeField("révoquée le", null=True)

    objects = CleApiQuerySet.as_manager()

    class Meta:
        verbose_name = "clé d’API"
        verbose_name_plural = "clés d’API"
        ordering = ["-creee_le", "-pk"]

    def __str__(self):
        return f"{self.nom} ({self.debut}…)"
