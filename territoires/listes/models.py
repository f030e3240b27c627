"""What each agent keeps of its choices in the lists of the admin."""

from django.conf import settings
from django.db import models


class FiltreEnregistreQuerySet(models.QuerySet):
    def for_user(self, user):
        """Each agent has its own, and nobody reads those of another."""
        return self.filter(agent_id=user.pk)


class FiltreEnregistre(models.Model):
    """The filters, search and sort of one list; without a name, the last ones that were chosen."""

    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="agent"
    )
    liste = models.CharField("liste", max_length=100, help_text="Application et modèle.")
    nom = models.CharField("nom", max_length=80, blank=True)
    requete = models.CharField("ce qui est demandé", max_length=2000, blank=True)

    objects = FiltreEnregistreQuerySet.as_manager()

    class Meta:
        verbose_name = "filtre enregistré"
        verbose_name_plural = "filtres enregistrés"
        ordering = ["liste", "nom"]
        constraints = [
            models.UniqueConstraint(
                name="filtre_enregistre_unique",
                fields=["agent", "liste", "nom"],
                violation_error_message="Vous avez déjà un filtre de ce nom dans cette liste.",
            )
        ]

    def __str__(self):
        return self.nom or "derniers filtres"
