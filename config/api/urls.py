"""« /api/v1/ »: the tables, their description, and a page to try them."""

from django.urls import include, path, re_path

from config.api.essais import Essayer
from config.api.tables import noms
from config.api.views import Description, Introuvable, Sommaire, vues_de


def _tables():
    for nom in noms():
        liste, ligne = vues_de(nom)
        yield path(f"{nom}/", liste, name=f"api-{nom}")
        if ligne:
            yield path(f"{nom}/<str:cle>/", ligne, name=f"api-{nom}-ligne")


V1 = [
    path("", Sommaire.as_view(), name="api-v1"),
    path("schema/", Description.as_view(), name="api-schema"),
    *_tables(),
]
urlpatterns = [
    path("", Essayer.as_view(), name="api"),
    path("essayer/<slug:nom>/", Essayer.as_view(), name="api-essayer"),
    path("v1/", include(V1)),
    re_path(r"^(?P<reste>.*)$", Introuvable.as_view(), name="api-introuvable"),
]
