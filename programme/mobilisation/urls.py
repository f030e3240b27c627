from django.urls import path

from programme.mobilisation import views

urlpatterns = [
    path("partenaires/", views.ListePartenaires.as_view(), name="partenaires"),
    path("partenaires/<slug:identifiant>/", views.PagePartenaire.as_view(), name="partenaire"),
    path("offres/", views.ListeOffres.as_view(), name="offres"),
    path("conventions/", views.ListeConventions.as_view(), name="conventions"),
    path("conventions/<slug:reference>/", views.PageConvention.as_view(), name="convention"),
    path(
        "conventions/<slug:reference>/documents/<int:pk>/",
        views.TelechargerDocumentConvention.as_view(),
        name="document-convention",
    ),
    path(
        "conventions/<slug:reference>/engagements/<int:numero>/",
        views.PageEngagement.as_view(),
        name="engagement",
    ),
    path("mobilisation/", views.Mobilisation.as_view(), name="mobilisation"),
    path(
        "mobilisation/financements/",
        views.ListeMobilisation.as_view(),
        name="financements-mobilises",
    ),
    path(
        "mobilisation/<slug:dialecte>.csv",
        views.TelechargerMobilisation.as_view(),
        name="mobilisation-csv",
    ),
    path("engagements/", views.EngagementsASuivre.as_view(), name="engagements-a-suivre"),
    path(
        "engagements/classeur/<slug:dialecte>/",
        views.EngagementsASuivre.as_view(),
        name="engagements-a-suivre-classeur",
    ),
]
