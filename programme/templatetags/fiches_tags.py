"""The series of the indicateurs, wherever a fiche is shown."""

from itertools import groupby
from operator import attrgetter

from django import template

from programme.fiches.models import Mesure
from programme.graphiques import serie

register = template.Library()


@register.inclusion_tag("programme/fiches/_series.html")
def series(fiche, interne):
    """Charts and tables of a fiche's measures; comments and authors for its perimeter alone."""
    rows = Mesure.objects.filter(indicateur__fiche=fiche).select_related("indicateur", "auteur")
    rows = rows.order_by("indicateur", "mesure_le")
    groupes = [list(mesures) for _, mesures in groupby(rows, key=attrgetter("indicateur_id"))]
    lignes = [(m[0].indicateur, m, serie(m[0].indicateur, m)) for m in groupes]
    return {"series": lignes, "interne": interne}
