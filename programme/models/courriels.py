"""Messages to send: written with the change they tell about, sent afterwards by a command."""

from django.db import models


class CourrielQuerySet(models.QuerySet):
    def a_envoyer(self):
        return self.filter(envoye_le=None)


class Courriel(models.Model):
    agent = models.ForeignKey(
        "territoires.Agent", models.CASCADE, verbose_name="destinataire", related_name="courriels"
    )
    objet = models.CharField("objet", max_length=200)
    corps = models.TextField("texte")
    # The same news is told once to each person, even if the event is replayed.
    cle = models.CharField("clé", max_length=100)
    ecrit_le = models.DateTimeField("écrit le", auto_now_add=True)
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True, db_index=True)
    tentatives = models.PositiveSmallIntegerField("tentatives", default=0)
    derniere_erreur = models.CharField("dernière erreur", max_length=300, blank=True)

    objects = CourrielQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agent", "cle"], name="courriel_une_fois"),
        ]

    def __str__(self):
        return f"{self.objet} → {self.agent}"
