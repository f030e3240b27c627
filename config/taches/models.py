"""Who works behind, and when each schedule ran and is to run again."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

SILENCE = timedelta(seconds=100)  # three beats missed: nobody is there any more


class OuvrierQuerySet(models.QuerySet):
    def presents(self):
        return self.filter(vu_le__gte=timezone.now() - SILENCE)


class Ouvrier(models.Model):
    """One process that does what others asked; it says twice a minute that it lives."""

    nom = models.CharField("nom", max_length=40, unique=True)
    hote = models.CharField("machine", max_length=100)
    pid = models.PositiveIntegerField("processus")
    demarre_le = models.DateTimeField("démarré le")
    vu_le = models.DateTimeField("vu le")

    objects = OuvrierQuerySet.as_manager()

    class Meta:
        verbose_name = "ouvrier"
        ordering = ["demarre_le", "pk"]

    def __str__(self):
        return f"{self.hote}, processus {self.pid}"


class Echeance(models.Model):
    """Where one schedule of `planning.py` stands: its last run, and the next."""

    nom = models.CharField("nom", max_length=40, unique=True)
    prochaine_le = models.DateTimeField("prochain passage")
    tache = models.UUIDField("tâche en cours", null=True, blank=True)
    commencee_le = models.DateTimeField("dernier passage", null=True, blank=True)
    finie_le = models.DateTimeField("fini le", null=True, blank=True)
    dit = models.CharField("ce qu’il a dit", max_length=500, blank=True)
    echecs = models.PositiveIntegerField("échecs de suite", default=0)

    class Meta:
        verbose_name = "échéance"
        ordering = ["nom"]

    def __str__(self):
        return self.nom
