from django.urls import include, path

from evenements import flux, views

urlpatterns = [
    path("", include("evenements.editorial.urls")),
    path("assemblees/", views.ListeAssemblees.as_view(), name="assemblees"),
    path("assemblees/<slug:identifiant>/", views.PageAssemblee.as_view(), name="assemblee"),
    path("assemblees/<slug:identifiant>/partage.png", views.vignette, name="vignette-assemblee"),
    path(
        "assemblees/<slug:identifiant>/calendrier.ics",
        views.CalendrierAssemblee.as_view(),
        name="assemblee-calendrier",
    ),
    path(
        "assemblees/<slug:identifiant>/sequences/<int:ordre>.ics",
        views.CalendrierAssemblee.as_view(),
        name="sequence-calendrier",
    ),
    path(
        "assemblees/<slug:identifiant>/documents/<int:pk>/",
        views.TelechargerDocument.as_view(),
        name="document",
    ),
    path("interventions/", views.ListeInterventions.as_view(), name="interventions"),
    path(
        "intervenants/<slug:identifiant>/",
        views.PageIntervenant.as_view(),
        name="intervenant",
    ),
    path("nouvelles.atom", flux.Nouvelles(), name="nouvelles"),
    path(
        "territoires/<slug:identifiant>/nouvelles.atom",
        flux.NouvellesDuTerritoire(),
        name="nouvelles-territoire",
    ),
]
