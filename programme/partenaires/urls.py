from django.urls import path

from programme.partenaires import views

urlpatterns = [
    path("partenaires/", views.ListePartenaires.as_view(), name="partenaires"),
    path("partenaires/<slug:identifiant>/", views.PagePartenaire.as_view(), name="partenaire"),
    path("conventions/", views.ListeConventions.as_view(), name="conventions"),
    path("conventions/<slug:reference>/", views.PageConvention.as_view(), name="convention"),
    path(
        "conventions/<slug:reference>/documents/<int:pk>/",
        views.TelechargerDocumentConvention.as_view(),
        name="document-convention",
    ),
]
