"""Since when each public answer is what it is: the date that a conditional request compares."""

import datetime

from django.db import models
from django.utils import timezone

from territoires.ecrites import ecrite

SECONDE = datetime.timedelta(seconds=1)


class ParutionQuerySet(models.QuerySet):
    def depuis(self, cle, empreinte):
        """Since when this answer has this stamp; the first to see a new one writes its date.

        HTTP dates are whole seconds: two successive states never share one.
        """
        connue = next(iter(_connues(cle)), None)
        if connue and connue[0] == empreinte:
            return connue[1]
        maintenant = timezone.now().replace(microsecond=0)
        depuis = max(maintenant, connue[1] + SECONDE) if connue else maintenant
        self.update_or_create(cle=cle, defaults={"empreinte": empreinte, "depuis": depuis})
        return depuis


class Parution(models.Model):
    cle = models.CharField("réponse", max_length=100, primary_key=True)
    empreinte = models.CharField("empreinte", max_length=40)
    depuis = models.DateTimeField("depuis le")

    objects = ParutionQuerySet.as_manager()

    class Meta:
        verbose_name = "parution"

    def __str__(self):
        return f"{self.cle}, {self.depuis:%d/%m/%Y %H:%M}"


@ecrite
def _connues(cle):
    return Parution.objects.filter(cle=cle).values_list("empreinte", "depuis")
