from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

from config.views import Accueil

urlpatterns = [
    path("", Accueil.as_view(), name="accueil"),
    path("", include("territoires.urls")),
    path("", include("programme.urls")),
    path("", include("evenements.urls")),
    path(
        "accessibilite/",
        TemplateView.as_view(template_name="accessibilite.html"),
        name="accessibilite",
    ),
    path(
        "mentions-legales/",
        TemplateView.as_view(template_name="mentions_legales.html"),
        name="mentions-legales",
    ),
    path("admin/", admin.site.urls),
]
