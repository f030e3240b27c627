from django.urls import path

from programme.fiches import views, views_registre

urlpatterns = [
    path("registre-des-obstacles/", views_registre.Registre.as_view(), name="registre-obstacles"),
    path("fiches/", views.ListeFiches.as_view(), name="fiches"),
    path("fiches/<slug:reference>/", views.PageFiche.as_view(), name="fiche"),
    path("fiches/<slug:reference>/partage.png", views.vignette, name="vignette-fiche"),
    path(
        "fiches/<slug:reference>/pieces/<int:pk>/",
        views.TelechargerPiece.as_view(),
        name="piece-jointe",
    ),
    path(
        "fiches/<slug:reference>/mouvements/<int:pk>/document/",
        views.TelechargerDocumentMouvement.as_view(),
        name="document-mouvement",
    ),
]
