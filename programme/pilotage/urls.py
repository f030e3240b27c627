from django.urls import path

from programme.pilotage import views, views_obstacles, views_suivi

urlpatterns = [
    path("pilotage/", views.TableauDeBord.as_view(), name="pilotage"),
    path("pilotage/fiches/", views.ListeSuivie.as_view(), name="pilotage-fiches"),
    path("pilotage/delais/", views.ListeDelais.as_view(), name="pilotage-delais"),
    path(
        "pilotage/fiches/classeur/<slug:dialecte>/",
        views.ListeSuivie.as_view(),
        name="pilotage-fiches-classeur",
    ),
    path(
        "pilotage/delais/classeur/<slug:dialecte>/",
        views.ListeDelais.as_view(),
        name="pilotage-delais-classeur",
    ),
    path("pilotage/partenaires/", views.Matrice.as_view(), name="pilotage-matrice"),
    path(
        "pilotage/<slug:tableau>/<slug:dialecte>.csv",
        views.TelechargerTableau.as_view(),
        name="pilotage-csv",
    ),
    path("pilotage/obstacles/", views_obstacles.Obstacles.as_view(), name="obstacles"),
    path(
        "pilotage/obstacles/classeur/<slug:dialecte>/",
        views_obstacles.Obstacles.as_view(),
        name="obstacles-classeur",
    ),
    path(
        "pilotage/obstacles/<slug:reference>/",
        views_obstacles.ObstaclesDeLaFiche.as_view(),
        name="obstacle",
    ),
    path("pilotage/resultats/<slug:reference>/", views_suivi.Resultats.as_view(), name="resultats"),
]
