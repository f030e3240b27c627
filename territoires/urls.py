import re

from django.urls import converters, path, register_converter

from territoires import views, views_carte, views_donnees_carte, views_recherche


class NomDeFichier(converters.StringConverter):
    """Only the files that exist: any other address keeps its own answer."""

    regex = "|".join(map(re.escape, views_donnees_carte.FICHIERS))


register_converter(NomDeFichier, "fichier")

fichier = views_donnees_carte.FichierDeCarte.as_view()
integree = views_donnees_carte.CarteIntegree.as_view()

urlpatterns = [
    path("carte/", views_carte.PageCarte.as_view(), name="carte-en-vigueur"),
    path("carte/<fichier:fichier>", fichier, name="fichier-en-vigueur"),
    path("carte/<slug:code>/", views_carte.PageCarte.as_view(), name="carte"),
    path("carte/<slug:code>/<fichier:fichier>", fichier, name="fichier-carte"),
    path(
        "carte/<slug:avant>...<slug:apres>/",
        views_carte.PageComparaison.as_view(),
        name="comparaison",
    ),
    path("donnees/carte/", views_donnees_carte.DonneesDeLaCarte.as_view(), name="donnees-carte"),
    path("integrer/carte/", integree, name="integrer-en-vigueur"),
    path("integrer/carte/<slug:code>/", integree, name="integrer-carte"),
    path(
        "integrer/territoires/<slug:identifiant>/",
        views_donnees_carte.TerritoireIntegre.as_view(),
        name="integrer-territoire",
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
