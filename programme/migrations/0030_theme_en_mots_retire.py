from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("programme", "0029_reprise_des_themes")]

    operations = [
        migrations.RemoveField(
            model_name="bonnepratique",
            name="theme",
        ),
        migrations.RemoveField(
            model_name="historicalbonnepratique",
            name="theme",
        ),
    ]
