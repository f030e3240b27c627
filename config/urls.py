from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps import views as plans
from django.urls import include, path
from django.views.generic import TemplateView

from config import aide, sante, securite
from config.plan_du_site import PLANS
from config.views import (
    Accessibilite,
    Accueil,
    DonneesPersonnelles,
    MentionsLegales,
    PlanDuSite,
)

# Whatever goes wrong with a form that was sent, its text is given back.
handler400 = "territoires.saisie.pages.demande_abimee"
handler403 = "territoires.saisie.pages.acces_refuse"
handler404 = "territoires.saisie.pages.introuvable"
handler500 = "config.api.erreurs.panne"

urlpatterns = [
    path("", Accueil.as_view(), name="accueil"),
    path("", include("territoires.urls")),
    path("", include("programme.urls")),
    path("", include("evenements.urls")),
    path("plan-du-site/", PlanDuSite.as_view(), name="plan"),
    path("accessibilite/", Accessibilite.as_view(), name="accessibilite"),
    path(
        "mentions-legales/",
        MentionsLegales.as_view(),
        name="mentions-legales",
    ),
    path(
        "donnees-personnelles/",
        DonneesPersonnelles.as_view(),
        name="donnees-personnelles",
    ),
    path("donnees/", include("config.donnees.urls")),
    path("api/", include("config.api.urls")),
    path("aide/", aide.Sommaire.as_view(), name="aide"),
    path("aide/ecrans/<slug:ecran>/", aide.AideDeLEcran.as_view(), name="aide-ecran"),
    path("aide/<slug:role>/", aide.AideDuRole.as_view(), name="aide-role"),
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
    path("sante/", sante.vit, name="sante"),
    path("sante/pret/", sante.pret, name="sante-pret"),
    path("metriques/", sante.metriques, name="metriques"),
    path(".well-known/security.txt", securite.security_txt, name="security-txt"),
]
if settings.DEMO:
    urlpatterns.append(path("demonstration/identite/", include("config.identite.urls")))
