from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("echanges", "0005_profils_partages"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="import",
            options={
                "ordering": ["-cree_le", "-pk"],
                "verbose_name": "import",
                "verbose_name_plural": "imports",
            },
        ),
    ]
