from django.urls import path

from . import views, views_suivi

urlpatterns = [
    path("", views.TableauDeBord.as_view(), name="pilotage"),
    path("fiches/", views.ListeSuivie.as_view(), name="pilotage-fiches"),
    path("delais/", views.ListeDelais.as_view(), name="pilotage-delais"),
    path("partenaires/", views.Matrice.as_view(), name="pilotage-matrice"),
    path("obstacles/", views_suivi.Obstacles.as_view(), name="obstacles"),
    path("obstacles/<slug:reference>/", views_suivi.PageObstacle.as_view(), name="obstacle"),
    path("resultats/<slug:reference>/", views_suivi.Resultats.as_view(), name="resultats"),
    path("mes-courriels/", views_suivi.MesCourriels.as_view(), name="mes-courriels"),
    path(
        "<slug:tableau>/<slug:dialecte>.csv",
        views.TelechargerTableau.as_view(),
        name="pilotage-csv",
    ),
]
