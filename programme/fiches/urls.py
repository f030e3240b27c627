from django.urls import path

from programme.fiches import offres, views, views_suivi

urlpatterns = [
    path("fiches/", views.ListeFiches.as_view(), name="fiches"),
    path("offres/", offres.ListeOffres.as_view(), name="offres"),
    path("fiches/<slug:reference>/", views.PageFiche.as_view(), name="fiche"),
    path(
        "fiches/<slug:reference>/pieces/<int:pk>/",
        views.TelechargerPiece.as_view(),
        name="piece-jointe",
    ),
    path("pilotage/obstacles/", views_suivi.Obstacles.as_view(), name="obstacles"),
    path(
        "pilotage/obstacles/<slug:reference>/", views_suivi.PageObstacle.as_view(), name="obstacle"
    ),
    path("pilotage/resultats/<slug:reference>/", views_suivi.Resultats.as_view(), name="resultats"),
]
