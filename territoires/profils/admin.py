"""« Profils de colonnes »: what people named on the way of an import, renamed, shared, removed."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from echanges.models import Correspondance
from echanges.registre import resources
from territoires.administration import PerimetreAdmin
from territoires.formulaires import FormulaireIntact

PRIS = "Un profil de ces objets porte déjà ce nom."
SANS_NOM = "Donnez un nom à ce profil."


class ProfilForm(FormulaireIntact):
    def clean_nom(self):
        """One line, that no other profile of the same objects has."""
        nom = " ".join(self.cleaned_data["nom"].split())
        if not nom:
            raise ValidationError(SANS_NOM)
        memes = Correspondance.objects.filter(resource=self.instance.resource, nom=nom)
        if memes.exclude(pk=self.instance.pk).exists():
            raise ValidationError(PRIS)
        return nom


@admin.register(Correspondance)
class ProfilAdmin(PerimetreAdmin):
    form = ProfilForm
    list_display = ["nom", "objets", "auteur", "partage", "modifie_le"]
    list_filter = ["partage", "resource"]
    list_select_related = ["auteur"]
    search_fields = ["nom"]
    ordering = ["resource", "nom", "pk"]
    tri = "par objets, puis par nom"
    fields = ["nom", "partage", "objets", "colonnes_dites", "auteur", "modifie_le"]
    readonly_fields = ["objets", "colonnes_dites", "auteur", "modifie_le"]

    @admin.display(description="objets", ordering="resource")
    def objets(self, profil):
        classe = resources().get(profil.resource)
        return capfirst(classe.titre()) if classe else profil.resource

    @admin.display(description="colonnes")
    def colonnes_dites(self, profil):
        """« lib_com → nom », a line for each header of the file."""
        lues = [f"{entete} → {cible}" for entete, cible in profil.colonnes.items() if cible]
        ignorees = [entete for entete, cible in profil.colonnes.items() if entete and not cible]
        suite = [f"Ignorées\u202f: {', '.join(ignorees)}"] if ignorees else []
        return "\n".join([*lues, *suite]) or "–"
