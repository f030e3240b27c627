from django.core.management import call_command
from django.db import migrations


def creer_les_tables(apps, schema_editor):
    """What all processes share; nothing where it is in a folder or in Redis."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("taches", "0001_travail_de_fond")]

    operations = [migrations.RunPython(creer_les_tables, migrations.RunPython.noop, elidable=True)]
