from django.urls import path

from programme.pratiques import views

urlpatterns = [
    path("bonnes-pratiques/", views.ListeBonnesPratiques.as_view(), name="bonnes-pratiques"),
    path(
        "bonnes-pratiques/<slug:identifiant>/",
        views.PageBonnePratique.as_view(),
        name="bonne-pratique",
    ),
    path(
        "bonnes-pratiques/<slug:identifiant>/utile/",
        views.DireUtile.as_view(),
        name="dire-utile",
    ),
]
