"""What a fiche said of its obstacle becomes a row, with its answers and its history."""

from itertools import groupby

from django.db import migrations
from django.utils import timezone

SANS_REGLE = "Règle non précisée"
LOT = 500


def reprendre(apps, schema_editor):
    obstacles = _reprendre_les_textes(apps)
    _reprendre_l_historique(apps, obstacles)
    for modele in ("RemarqueAvis", "HistoricalRemarqueAvis"):
        remarques = apps.get_model("programme", modele).objects
        remarques.filter(champ__in=["obstacle", "simplification"]).update(champ="obstacles")


def _reprendre_les_textes(apps):
    """{fiche: its obstacle} of those that say or were answered something."""
    FicheAction = apps.get_model("programme", "FicheAction")
    Historique = apps.get_model("programme", "HistoricalFicheAction")
    Obstacle = apps.get_model("programme", "Obstacle")
    Reponse = apps.get_model("programme", "Reponse")
    repondues = set(Reponse.objects.order_by().values_list("fiche", flat=True))
    obstacles = {}
    for fiche in FicheAction.objects.order_by("pk").iterator(chunk_size=LOT):
        if not any(_dits(fiche)) and fiche.pk not in repondues:
            continue
        traces = Historique.objects.filter(id=fiche.pk).exclude(obstacle="", simplification="")
        premiere = traces.order_by("history_date").values_list("history_date", flat=True).first()
        reponses = Reponse.objects.filter(fiche=fiche, texte=fiche.reponse).order_by("le", "pk")
        derniere = reponses.last() if fiche.reponse else None
        obstacles[fiche.pk] = Obstacle.objects.create(
            fiche=fiche,
            ordre=1,
            signale_le=timezone.localdate(premiere or fiche.created_at),
            repondu_le=timezone.localdate(derniere.le) if derniere else None,
            **_valeurs(_dits(fiche)),
        )
        Reponse.objects.filter(fiche=fiche).update(obstacle=obstacles[fiche.pk])
    return obstacles


def _dits(fiche):
    return fiche.obstacle, fiche.simplification, fiche.reponse


def _valeurs(dits):
    regle, simplification, reponse = dits
    return {
        "regle": regle if regle.strip() else SANS_REGLE,
        "simplification": simplification,
        "reponse": reponse,
    }


def _reprendre_l_historique(apps, obstacles):
    """Each change of these texts, with who and when, as a change of the row.

    Of a fiche that says nothing any more, or that is gone: under a key that no row will bear.
    """
    Historique = apps.get_model("programme", "HistoricalFicheAction")
    HistoriqueObstacle = apps.get_model("programme", "HistoricalObstacle")
    lignes = Historique.objects.order_by("id", "history_date", "history_id")
    suite = []
    for pk, traces in groupby(lignes.iterator(chunk_size=LOT), key=lambda ligne: ligne.id):
        obstacle = obstacles.get(pk)
        for trace, geste, dits in _gestes(traces):
            suite.append(
                HistoriqueObstacle(
                    id=obstacle.pk if obstacle else -pk,
                    fiche_id=pk,
                    ordre=1,
                    signale_le=obstacle.signale_le if obstacle else None,
                    history_type=geste,
                    history_date=trace.history_date,
                    history_user_id=trace.history_user_id,
                    history_change_reason=trace.history_change_reason,
                    **_valeurs(dits),
                )
            )
        if len(suite) >= LOT:
            HistoriqueObstacle.objects.bulk_create(suite)
            suite = []
    HistoriqueObstacle.objects.bulk_create(suite)


def _gestes(traces):
    """(trace, what happened to the texts, what they say) each time that they change."""
    avant = ("", "", "")
    for trace in traces:
        dits = ("", "", "") if trace.history_type == "-" else _dits(trace)
        if dits == avant:
            continue
        if not any(avant):
            yield trace, "+", dits
        elif not any(dits):
            yield trace, "-", avant
        else:
            yield trace, "~", dits
        avant = dits


def rendre(apps, schema_editor):
    """All the rows of a fiche in its three texts again; their numbers and days have no place."""
    FicheAction = apps.get_model("programme", "FicheAction")
    Obstacle = apps.get_model("programme", "Obstacle")
    Reponse = apps.get_model("programme", "Reponse")
    lignes = Obstacle.objects.order_by("fiche_id", "ordre")
    for pk, siens in groupby(list(lignes), key=lambda obstacle: obstacle.fiche_id):
        siens = list(siens)
        regles = [t for o in siens for t in (o.regle, o.retient) if t not in ("", SANS_REGLE)]
        FicheAction.objects.filter(pk=pk).update(
            obstacle="\n\n".join(regles),
            simplification="\n\n".join(o.simplification for o in siens if o.simplification),
            reponse="\n\n".join(o.reponse for o in siens if o.reponse),
        )
        Reponse.objects.filter(obstacle__in=siens).update(fiche=pk, obstacle=None)
    Obstacle.objects.all().delete()
    apps.get_model("programme", "HistoricalObstacle").objects.all().delete()
    for modele in ("RemarqueAvis", "HistoricalRemarqueAvis"):
        remarques = apps.get_model("programme", modele).objects
        remarques.filter(champ="obstacles").update(champ="obstacle")


class Migration(migrations.Migration):
    dependencies = [("programme", "0016_obstacles_et_nouvelles")]

    operations = [migrations.RunPython(reprendre, rendre)]
