"""The series of the indicateurs, wherever a fiche is shown."""

from itertools import groupby
from operator import attrgetter

from django import template

from programme.ecritures import euros
from programme.fiches.models import Mesure
from programme.graphiques import bande, serie
from territoires.ecrites import ecrite

register = template.Library()


@register.inclusion_tag("programme/fiches/_series.html")
def series(fiche, interne):
    """Charts and tables of a fiche's measures; comments and authors for its perimeter alone."""
    rows = _mesures(fiche.pk)
    groupes = [list(mesures) for _, mesures in groupby(rows, key=attrgetter("indicateur_id"))]
    lignes = [(m[0].indicateur, m, serie(m[0].indicateur, m)) for m in groupes]
    return {"series": lignes, "interne": interne}


@ecrite
def _mesures(fiche):
    rows = Mesure.objects.filter(indicateur__fiche=fiche).select_related("indicateur", "auteur")
    return rows.order_by("indicateur", "mesure_le")


@register.inclusion_tag("programme/fiches/_barre.html")
def barre_d_argent(sommes):
    """What the plans come to, as one bar: acquired, asked for, to be found."""
    montants = [
        ("acquis", "Acquis", sommes.acquis),
        ("demande", "Demandé", sommes.demande),
        ("manque", "À trouver", max(sommes.ecart or 0, 0)),
    ]
    total = sum(montant for _, _, montant in montants)
    parts = [
        {
            "classe": classe,
            "libelle": libelle,
            "montant": montant,
            "pour_cent": round(100 * montant / total) if total else None,
        }
        for classe, libelle, montant in montants
    ]
    dites = [f"{part['libelle'].lower()} {euros(part['montant'])}" for part in parts]
    dessin = bande(
        [(part["classe"], part["montant"], dit) for part, dit in zip(parts, dites, strict=True)],
        f"Financement : {', '.join(dites)}",
    )
    return {"parts": parts, "dessin": dessin if total else ""}
