from django.urls import path

from territoires.portraits import views

urlpatterns = [
    path("territoires/", views.ListeTerritoires.as_view(), name="territoires"),
    path("territoires/<slug:identifiant>/", views.PageTerritoire.as_view(), name="territoire"),
    path(
        "territoires/<slug:identifiant>/partage.png",
        views.vignette,
        name="vignette-territoire",
    ),
    path("regions/", views.ListeRegions.as_view(), name="regions"),
    path("regions/<slug:code>/", views.PageRegion.as_view(), name="region"),
    path(
        "intercommunalites/<slug:siren>/",
        views.PageIntercommunalite.as_view(),
        name="intercommunalite",
    ),
]
