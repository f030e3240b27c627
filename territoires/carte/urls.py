import re

from django.urls import converters, path, register_converter

from territoires.carte import views, views_donnees


class NomDeFichier(converters.StringConverter):
    """Only the files that exist: any other address keeps its own answer."""

    regex = "|".join(map(re.escape, views_donnees.FICHIERS))


register_converter(NomDeFichier, "fichier")

fichier = views_donnees.FichierDeCarte.as_view()
integree = views_donnees.CarteIntegree.as_view()

urlpatterns = [
    path("partage.png", views_donnees.vignette, name="vignette"),
    path("carte/", views.PageCarte.as_view(), name="carte-en-vigueur"),
    path("carte/<fichier:fichier>", fichier, name="fichier-en-vigueur"),
    path("carte/<slug:code>/", views.PageCarte.as_view(), name="carte"),
    path("carte/<slug:code>/<fichier:fichier>", fichier, name="fichier-carte"),
    path(
        "carte/<slug:avant>...<slug:apres>/",
        views.PageComparaison.as_view(),
        name="comparaison",
    ),
    path("donnees/carte/", views_donnees.DonneesDeLaCarte.as_view(), name="donnees-carte"),
    path("integrer/carte/", integree, name="integrer-en-vigueur"),
    path("integrer/carte/<slug:code>/", integree, name="integrer-carte"),
    path(
        "integrer/territoires/<slug:identifiant>/",
        views_donnees.TerritoireIntegre.as_view(),
        name="integrer-territoire",
    ),
]
