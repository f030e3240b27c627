"""The series of the indicateurs, wherever a fiche is shown."""

from django import template

from programme.graphiques import serie

register = template.Library()


@register.inclusion_tag("programme/fiches/_series.html")
def series(fiche, interne):
    """Charts and tables of a fiche's measures; comments and authors for its perimeter alone."""
    lignes = [
        (indicateur, mesures, serie(indicateur, mesures))
        for indicateur in fiche.indicateurs.prefetch_related("mesures__auteur")
        if (mesures := list(indicateur.mesures.all()))
    ]
    return {"series": lignes, "interne": interne}
