from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("territoires", "0012_reprise_des_binomes")]

    operations = [
        migrations.RemoveField(
            model_name="historicalterritoire",
            name="elu_fonction",
        ),
        migrations.RemoveField(
            model_name="historicalterritoire",
            name="elu_nom",
        ),
        migrations.RemoveField(
            model_name="historicalterritoire",
            name="industriel_fonction",
        ),
        migrations.RemoveField(
            model_name="historicalterritoire",
            name="industriel_nom",
        ),
        migrations.RemoveField(
            model_name="territoire",
            name="elu_fonction",
        ),
        migrations.RemoveField(
            model_name="territoire",
            name="elu_nom",
        ),
        migrations.RemoveField(
            model_name="territoire",
            name="industriel_fonction",
        ),
        migrations.RemoveField(
            model_name="territoire",
            name="industriel_nom",
        ),
    ]
