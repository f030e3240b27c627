"""How early a région is reminded: set by itself, or by the délégation."""

from django.contrib import admin

from echanges.admin import EchangesAdmin
from programme.rappels.models import NOMS, DelaiDeRappel
from programme.rappels.resources import DelaiDeRappelResource
from territoires.administration import PerimetreAdmin


@admin.register(DelaiDeRappel)
class DelaiDeRappelAdmin(EchangesAdmin, PerimetreAdmin):
    resource_class = DelaiDeRappelResource
    list_display = ["region", *NOMS]
    list_select_related = ["region"]
    ordering = ["region__nom"]
    tri = "par région"
    fields = ["region", *NOMS]
    champs_cles = ("region",)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A région sets its own delays."""
        if db_field.name == "region" and request.user.codes_regions:
            kwargs["queryset"] = request.user.regions.all()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        return {"region": next(iter(request.user.codes_regions), None)}
