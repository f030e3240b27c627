"""The small list of themes, kept by the délégation."""

from django.contrib import admin

from echanges.admin import EchangesAdmin
from programme.themes.models import Theme
from programme.themes.resources import ThemeResource
from territoires.administration import PerimetreAdmin


@admin.register(Theme)
class ThemeAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = ThemeResource
    list_display = ["nom", "ordre", "description", "identifiant"]
    tri = "dans leur ordre"
    search_fields = ["recherche"]
    champs_cles = ("identifiant",)

    def view_on_site(self, obj):
        return obj.get_absolute_url()
