from django.urls import path

from programme.pilotage import mobilisation, views

urlpatterns = [
    path("pilotage/", views.TableauDeBord.as_view(), name="pilotage"),
    path("pilotage/fiches/", views.ListeSuivie.as_view(), name="pilotage-fiches"),
    path("pilotage/delais/", views.ListeDelais.as_view(), name="pilotage-delais"),
    path("pilotage/partenaires/", views.Matrice.as_view(), name="pilotage-matrice"),
    path(
        "pilotage/<slug:tableau>/<slug:dialecte>.csv",
        views.TelechargerTableau.as_view(),
        name="pilotage-csv",
    ),
    path("mobilisation/", mobilisation.Mobilisation.as_view(), name="mobilisation"),
    path(
        "mobilisation/financements/",
        mobilisation.ListeMobilisation.as_view(),
        name="financements-mobilises",
    ),
    path(
        "mobilisation/<slug:dialecte>.csv",
        mobilisation.TelechargerMobilisation.as_view(),
        name="mobilisation-csv",
    ),
    path("engagements/", mobilisation.EngagementsASuivre.as_view(), name="engagements-a-suivre"),
]
