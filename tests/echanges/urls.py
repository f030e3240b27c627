"""An admin with the two lists that the tests of the buttons need."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.urls import path

import config.urls
from echanges.admin import EchangesAdmin, ImportAdmin
from echanges.models import Correspondance, Import
from programme.fiches.models import FicheAction
from programme.fiches.resources import FicheResource
from programme.fiches.resources_suivi import EtapeResource
from territoires.geographie.models import Region
from territoires.geographie.resources import RegionResource


class FicheAdmin(EchangesAdmin, ModelAdmin):
    resource_class = FicheResource
    resources_liees = [EtapeResource]
    search_fields = ["titre"]

    def get_queryset(self, request):
        return super().get_queryset(request).for_user(request.user)


class RegionAdmin(EchangesAdmin, ModelAdmin):
    resource_class = RegionResource
    search_fields = ["nom"]


site = AdminSite(name="admin")
site.register(FicheAction, FicheAdmin)
site.register(Region, RegionAdmin)
site.register(Import, ImportAdmin)
site.register(Correspondance, ModelAdmin)
urlpatterns = [path("admin/", site.urls), *config.urls.urlpatterns]
