from django.db import migrations
from django.utils.text import slugify

from territoires.champs import cle_de_recherche


def reprendre(apps, schema_editor):
    """What bonnes pratiques said of their theme in words becomes themes of the list."""
    Theme, Pratique = (
        apps.get_model("programme", "Theme"),
        apps.get_model("programme", "BonnePratique"),
    )
    for nom in Pratique.objects.exclude(theme="").values_list("theme", flat=True).distinct():
        theme, _ = Theme.objects.get_or_create(
            identifiant=slugify(nom)[:60] or "theme",
            defaults={"nom": nom, "mots": nom, "recherche": cle_de_recherche(nom)},
        )
        for pratique in Pratique.objects.filter(theme=nom):
            pratique.themes.add(theme)


class Migration(migrations.Migration):
    dependencies = [("programme", "0028_themes")]

    operations = [migrations.RunPython(reprendre, migrations.RunPython.noop)]
