"""A site of the library's own admin, with every model that has a resource."""

from django.contrib.admin import AdminSite
from django.urls import path
from import_export.admin import ImportExportModelAdmin

import config.urls
from echanges.registre import resources

site = AdminSite(name="bibliotheque")
par_modele = {}
for _classe in resources().values():
    par_modele.setdefault(_classe._meta.model, []).append(_classe)
for _modele, _classes in par_modele.items():
    site.register(
        _modele, type("DeLaBibliotheque", (ImportExportModelAdmin,), {"resource_classes": _classes})
    )
urlpatterns = [path("bibliotheque/", site.urls), *config.urls.urlpatterns]
