"""How long the comités take: median and slowest tenth, from days counted by the database."""

from collections import Counter, defaultdict

from django.db.models import Count
from django.db.models.functions import TruncDate

REGION = "seance__comite__region"


class Serie:
    """Durations in days, with how many times each."""

    def __init__(self):
        self.jours = Counter()

    def rang(self, part):
        """The duration that this part of the rows (0 to 1) does not exceed; None without rows."""
        seuil, vus = part * self.jours.total(), 0
        for jours in sorted(self.jours):
            vus += self.jours[jours]
            if vus >= seuil:
                return jours
        return None

    def chiffres(self):
        return [self.jours.total(), self.rang(0.5), self.rang(0.9)]


class Delais:
    """The durations of all, and of each région."""

    def __init__(self, groupes=()):
        self.tous, self.par_region = Serie(), defaultdict(Serie)
        for region, jours, nombre in groupes:
            self.tous.jours[jours] += nombre
            self.par_region[region].jours[jours] += nombre

    def groupes(self):
        """[[région, days, how many]], of which the same is made again."""
        series = self.par_region.items()
        return [[region, *compte] for region, serie in series for compte in serie.jours.items()]


def jours(envoi, rendu):
    return max((rendu - envoi).days, 0)


def durees(avis, *champs):
    """[(value of each of these fields, région, days, how many)] of these avis, in one query."""
    groupes = (
        avis.en_effet()
        .filter(rectification=0)
        .order_by()
        .values_list(*champs, REGION, TruncDate("passage__le"), TruncDate("effet_le"))
    )
    for *valeurs, region, envoi, rendu, nombre in groupes.annotate(nombre=Count("pk")):
        yield *valeurs, region, jours(envoi, rendu), nombre
