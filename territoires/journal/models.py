"""Who came in, who took what away, who changed whose rights: written once, never changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from territoires.contraintes import parmi


class ActeDuJournal(models.TextChoices):
    CONNEXION = "connexion", "connexion"
    ECHEC = "echec", "échec de connexion"
    VERROU = "verrou", "trop d’essais"
    DECONNEXION = "deconnexion", "déconnexion"
    INVITATION = "invitation", "invitation"
    MOT_DE_PASSE = "mot_de_passe", "mot de passe"
    FACTEUR = "facteur", "second facteur"
    SESSION = "session", "session fermée"
    DROITS = "droits", "droits d’un agent"
    EXPORT = "export", "export"
    REPRISE = "reprise", "reprise de la saisie d’un autre"
    SUPPRESSION = "suppression", "suppression"
    RETOUR = "retour", "objet ramené"
    AGENDA = "agenda", "adresse de l’agenda"
    CLE = "cle", "clé d’API"


class LigneQuerySet(models.QuerySet):
    def for_user(self, user):
        """The délégation reads it, and whoever keeps the accounts of the server."""
        permis = getattr(user, "est_delegation", False) or getattr(user, "tient_les_comptes", False)
        return self.all() if permis else self.none()


class LigneDuJournal(models.Model):
    """A line outlives the agent that it tells of: no key of the database holds it."""

    Acte = ActeDuJournal
    feminin = True

    le = models.DateTimeField("date", default=timezone.now, db_index=True)
    acte = models.CharField("acte", max_length=20, choices=Acte)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        verbose_name="agent",
        related_name="+",
        null=True,
        db_constraint=False,
    )
    nom = models.CharField("par", max_length=200, blank=True)
    adresse = models.GenericIPAddressField("adresse réseau", null=True)
    objet = models.CharField("objet", max_length=300, blank=True)
    detail = models.TextField("détail", blank=True)
    rangees = models.PositiveIntegerField("lignes", null=True)

    objects = LigneQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "lignes du journal"
        ordering = ["-le", "-pk"]
        constraints = [parmi("acte", ActeDuJournal.values, "journal_acte")]

    def __str__(self):
        return f"{self.get_acte_display()}, {self.nom or 'compte inconnu'}"
