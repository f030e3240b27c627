from django.db import migrations


def reprendre(apps, schema_editor):
    """A région keeps reading the fiches that its agents wrote for a territoire."""
    FicheAction = apps.get_model("programme", "FicheAction")
    fiches = FicheAction.objects.filter(saisie_par=None, created_by__niveau="region")
    for fiche in fiches.select_related("created_by", "territoire__perimetre_courant"):
        perimetre = fiche.territoire.perimetre_courant
        siennes = fiche.created_by.regions.order_by("pk")
        if perimetre is not None:
            siennes = siennes.filter(pk__in=perimetre.regions.order_by().values("pk"))
        if region := siennes.first():
            FicheAction.objects.filter(pk=fiche.pk).update(saisie_par=region)


class Migration(migrations.Migration):
    dependencies = [("programme", "0033_brouillons_partages")]

    operations = [migrations.RunPython(reprendre, migrations.RunPython.noop)]
