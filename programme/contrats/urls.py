from django.urls import path

from programme.contrats import views

urlpatterns = [
    path("contrats/", views.ListeContrats.as_view(), name="contrats"),
    path("contrats/<slug:reference>/", views.PageContrat.as_view(), name="contrat"),
    path(
        "contrats/<slug:reference>/documents/<int:pk>/",
        views.TelechargerDocument.as_view(),
        name="document-contrat",
    ),
    path(
        "contrats/<slug:reference>/deliberations/<int:pk>/",
        views.TelechargerDeliberation.as_view(),
        name="deliberation-contrat",
    ),
]
