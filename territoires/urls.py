from django.urls import path

from territoires import views, views_carte, views_recherche

urlpatterns = [
    path("carte/", views_carte.PageCarte.as_view(), name="carte-en-vigueur"),
    path("carte/<slug:code>/", views_carte.PageCarte.as_view(), name="carte"),
    path(
        "carte/<slug:avant>...<slug:apres>/",
        views_carte.PageComparaison.as_view(),
        name="comparaison",
    ),
    path("territoires/", views.ListeTerritoires.as_view(), name="territoires"),
    path("territoires/<slug:identifiant>/", views.PageTerritoire.as_view(), name="territoire"),
    path("regions/", views.ListeRegions.as_view(), name="regions"),
    path("regions/<slug:code>/", views.PageRegion.as_view(), name="region"),
    path(
        "intercommunalites/<slug:siren>/",
        views.PageIntercommunalite.as_view(),
        name="intercommunalite",
    ),
    path("recherche/", views_recherche.Recherche.as_view(), name="recherche"),
]
