"""« /donnees/ »: what has a name of its own comes before the tables, which are named by a word."""

from django.urls import path, re_path

from config import donnees_ouvertes
from config.donnees import views

urlpatterns = [
    path("", donnees_ouvertes.PageDonnees.as_view(), name="donnees"),
    re_path(
        r"^catalogue\.(?P<genre>jsonld|ttl)$",
        views.LireCatalogue.as_view(),
        name="donnees-catalogue",
    ),
    path("archives/<slug:mois>.zip", views.TelechargerArchive.as_view(), name="donnees-archive"),
    path("scdl/<slug:nom>.csv", views.FichierScdl.as_view(), name="donnees-scdl"),
    path(
        "<slug:nom>/classeur/<slug:dialecte>/",
        views.ClasseurALire.as_view(),
        name="donnees-classeur",
    ),
    path("<slug:nom>/", donnees_ouvertes.PageJeu.as_view(), name="donnees-jeu"),
    path("<slug:nom>/schema.json", donnees_ouvertes.SchemaJeu.as_view(), name="donnees-schema"),
    path("<slug:nom>/<slug:dialecte>/", donnees_ouvertes.Telecharger.as_view(), name="donnees-csv"),
]
