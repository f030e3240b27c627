"""What the edition in force counts in each région, on its list and in the workbook of it."""

from django.db.models import Count, Q, Sum

from echanges.colonnes.valeurs import Entier
from echanges.exports.lecture import Colonne
from territoires.editions.models import EditionCarte
from territoires.geographie.models import Region


def regions_comptees():
    en_vigueur = Q(perimetres__edition=EditionCarte.objects.en_vigueur())
    return Region.objects.du_public().annotate(
        nombre=Count("perimetres", filter=en_vigueur),
        population=Sum("perimetres__population", filter=en_vigueur, default=0),
    )


def colonnes_comptees():
    return [
        Colonne("Territoires", _lire("nombre"), Entier()),
        Colonne("Habitants de ces territoires", _lire("population"), Entier()),
    ]


def _lire(nom):
    return lambda pks: dict(regions_comptees().filter(pk__in=pks).values_list("pk", nom))
