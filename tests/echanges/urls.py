"""The admin, with the two lists that the tests of the buttons need in the place of its own."""

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.urls import path

import config.urls
from config.admin import Site
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


site = Site(name="admin")
site.register(FicheAction, FicheAdmin)
site.register(Region, RegionAdmin)
site.register(Import, ImportAdmin)
site.register(Correspondance, ModelAdmin)
for modele, ordinaire in admin.site._registry.items():  # where the menu leads
    if not site.is_registered(modele):
        site.register(modele, type(ordinaire))
urlpatterns = [path("admin/", site.urls), *config.urls.urlpatterns]
