from django.urls import path

from programme.fiches import views

urlpatterns = [
    path("fiches/", views.ListeFiches.as_view(), name="fiches"),
    path("fiches/<slug:reference>/", views.PageFiche.as_view(), name="fiche"),
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
