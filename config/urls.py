from django.contrib import admin
from django.contrib.sitemaps import views as plans
from django.urls import include, path
from django.views.generic import TemplateView

from config.plan_du_site import PLANS
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
    path(
        "plan-du-site.xml",
        plans.index,
        {"sitemaps": PLANS, "sitemap_url_name": "plan-du-site-section"},
        name="plan-du-site",
    ),
    path(
        "plan-du-site-<section>.xml",
        plans.sitemap,
        {"sitemaps": PLANS},
        name="plan-du-site-section",
    ),
    path(
        "robots.txt",
        TemplateView.as_view(template_name="robots.txt", content_type="text/plain"),
        name="robots",
    ),
    path("admin/", admin.site.urls),
]
