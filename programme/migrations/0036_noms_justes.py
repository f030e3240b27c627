import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0035_index_des_etats"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="delaiderappel",
            options={
                "ordering": ["region__recherche"],
                "verbose_name": "réglage des délais de rappel",
                "verbose_name_plural": "réglages des délais de rappel",
            },
        ),
        migrations.AlterModelOptions(
            name="historicaldelaiderappel",
            options={
                "get_latest_by": ("history_date", "history_id"),
                "ordering": ("-history_date", "-history_id"),
                "verbose_name": "historique du délai de rappel",
                "verbose_name_plural": "historical réglages des délais de rappel",
            },
        ),
        migrations.AlterField(
            model_name="historicalseance",
            name="commune_avec",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="La séance, le même jour, du comité d’une autre région\u202f: un seul ordre du jour, un seul dossier, et chaque comité garde ses présences, ses avis et son relevé.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programme.seance",
                verbose_name="tenue en commun avec",
            ),
        ),
        migrations.AlterField(
            model_name="seance",
            name="commune_avec",
            field=models.OneToOneField(
                blank=True,
                help_text="La séance, le même jour, du comité d’une autre région\u202f: un seul ordre du jour, un seul dossier, et chaque comité garde ses présences, ses avis et son relevé.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="commune_de",
                to="programme.seance",
                verbose_name="tenue en commun avec",
            ),
        ),
    ]
