"""How early a région is reminded: set by itself, or by the délégation."""

from django.contrib import admin

from echanges.admin import EchangesAdmin
from programme.rappels.models import NOMS, DelaiDeRappel
from programme.rappels.resources import DelaiDeRappelResource
from territoires.administration import PerimetreAdmin, SesPropres


@admin.register(DelaiDeRappel)
class DelaiDeRappelAdmin(SesPropres, EchangesAdmin, PerimetreAdmin):
    resource_class = DelaiDeRappelResource
    list_display = ["region", *NOMS]
    list_select_related = ["region"]
    ordering = ["region__nom"]
    tri = "par région"
    nouveau = "Nouveaux délais de rappel"
    fields = ["region", *NOMS]
    champs_cles = ("region",)

    def has_add_permission(self, request):
        """A région has one row of delays: once it is there, it is changed."""
        regions = self.siens(request.user).get("region")
        return super().has_add_permission(request) and (
            regions is None or regions.filter(delai_de_rappel=None).exists()
        )

    def get_model_perms(self, request):
        """The menu asks this on every page: it leads to the list, and has no row counted."""
        voir = self.has_view_permission(request)
        return {"add": False, "change": voir, "delete": False, "view": voir}

    def siens(self, user):
        """A région sets its own delays."""
        return {"region": user.regions.all()} if user.codes_regions else {}
