"""Obstacles are rows now: the texts that 0016 carried over go."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programme", "0017_reprise_des_obstacles")]

    operations = [
        migrations.RemoveField(model_name="ficheaction", name="obstacle"),
        migrations.RemoveField(model_name="ficheaction", name="simplification"),
        migrations.RemoveField(model_name="ficheaction", name="reponse"),
        migrations.RemoveField(model_name="historicalficheaction", name="obstacle"),
        migrations.RemoveField(model_name="historicalficheaction", name="simplification"),
        migrations.RemoveField(model_name="historicalficheaction", name="reponse"),
        migrations.RemoveField(model_name="reponse", name="fiche"),
        migrations.AlterField(
            model_name="reponse",
            name="obstacle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reponses",
                to="programme.obstacle",
            ),
        ),
    ]
