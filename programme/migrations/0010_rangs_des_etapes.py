"""Give the étapes of a decided fiche the ranks that people had given them.

Saving a fiche that could no longer be written moved its étapes, in their order, to the free ranks
counted down from 32767: each such save reversed them. The second took the ranks just below, and
the third the top ones again. No save of this kind left a line of history: the last rank below
30000 that history knows is the one a person gave.
"""

from django.db import migrations

HAUT = 32_767
SEUIL = 30_000  # nobody gives such a rank; those below are left as they are


def remettre(apps, schema_editor):
    Etape = apps.get_model("programme", "Etape")
    par_fiche = {}
    for etape in Etape.objects.filter(ordre__gte=SEUIL).order_by("ordre", "pk"):
        par_fiche.setdefault(etape.fiche_id, []).append(etape)
    for fiche, deplacees in par_fiche.items():
        gardees = Etape.objects.filter(fiche=fiche, ordre__lt=SEUIL)
        rangs = rangs_voulus(apps, deplacees, {*gardees.values_list("ordre", flat=True)})
        for etape, rang in zip(deplacees, rangs, strict=True):
            Etape.objects.filter(pk=etape.pk).update(ordre=rang)


def rangs_voulus(apps, deplacees, pris):
    """The rank of each of these étapes, given in the order of those they have."""
    connus = [rang_connu(apps, etape) for etape in deplacees]
    if None not in connus and len({*connus} - pris) == len(connus):
        return connus
    places = ordre_donne(deplacees)
    dernier = max(pris, default=0)
    return [dernier + 1 + places.index(etape) for etape in deplacees]


def rang_connu(apps, etape):
    lignes = apps.get_model("programme", "HistoricalEtape").objects.filter(
        id=etape.pk, ordre__lt=SEUIL
    )
    rangs = lignes.order_by("-history_date", "-history_id").values_list("ordre", flat=True)
    return rangs.first()


def ordre_donne(deplacees):
    """Reversed while they hold the top ranks; a rank beyond the top was added at the end since."""
    tombees = [etape for etape in deplacees if etape.ordre <= HAUT]
    ajoutees = [etape for etape in deplacees if etape.ordre > HAUT]
    if tombees and tombees[-1].ordre > HAUT - len(tombees):
        tombees.reverse()
    return tombees + ajoutees


class Migration(migrations.Migration):
    dependencies = [("programme", "0009_historique_du_plan")]

    operations = [migrations.RunPython(remettre, migrations.RunPython.noop)]
