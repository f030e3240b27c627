from django.urls import include, path

from programme import (
    views_aide,
    views_donnees,
    views_fiches,
    views_mobilisation,
    views_partenaires,
    views_pratiques,
)

urlpatterns = [
    path("fiches/", views_fiches.ListeFiches.as_view(), name="fiches"),
    path("fiches/<slug:reference>/", views_fiches.PageFiche.as_view(), name="fiche"),
    path(
        "fiches/<slug:reference>/pieces/<int:pk>/",
        views_fiches.TelechargerPiece.as_view(),
        name="piece-jointe",
    ),
    path("partenaires/", views_partenaires.ListePartenaires.as_view(), name="partenaires"),
    path(
        "partenaires/<slug:identifiant>/",
        views_partenaires.PagePartenaire.as_view(),
        name="partenaire",
    ),
    path("offres/", views_partenaires.ListeOffres.as_view(), name="offres"),
    path("mobilisation/", views_mobilisation.Mobilisation.as_view(), name="mobilisation"),
    path(
        "mobilisation/financements/",
        views_mobilisation.ListeMobilisation.as_view(),
        name="financements-mobilises",
    ),
    path(
        "mobilisation/<slug:dialecte>.csv",
        views_mobilisation.TelechargerMobilisation.as_view(),
        name="mobilisation-csv",
    ),
    path(
        "engagements/",
        views_mobilisation.EngagementsASuivre.as_view(),
        name="engagements-a-suivre",
    ),
    path("conventions/", views_partenaires.ListeConventions.as_view(), name="conventions"),
    path(
        "conventions/<slug:reference>/",
        views_partenaires.PageConvention.as_view(),
        name="convention",
    ),
    path(
        "conventions/<slug:reference>/documents/<int:pk>/",
        views_partenaires.TelechargerDocumentConvention.as_view(),
        name="document-convention",
    ),
    path("contrats/", views_partenaires.ListeContrats.as_view(), name="contrats"),
    path("contrats/<slug:reference>/", views_partenaires.PageContrat.as_view(), name="contrat"),
    path(
        "bonnes-pratiques/",
        views_pratiques.ListeBonnesPratiques.as_view(),
        name="bonnes-pratiques",
    ),
    path(
        "bonnes-pratiques/<slug:identifiant>/",
        views_pratiques.PageBonnePratique.as_view(),
        name="bonne-pratique",
    ),
    path(
        "bonnes-pratiques/<slug:identifiant>/utile/",
        views_pratiques.DireUtile.as_view(),
        name="dire-utile",
    ),
    path("pilotage/", include("programme.pilotage.urls")),
    path("donnees/", views_donnees.PageDonnees.as_view(), name="donnees"),
    path("donnees/<slug:nom>/", views_donnees.PageJeu.as_view(), name="donnees-jeu"),
    path(
        "donnees/<slug:nom>/schema.json", views_donnees.SchemaJeu.as_view(), name="donnees-schema"
    ),
    path(
        "donnees/<slug:nom>/<slug:dialecte>/",
        views_donnees.Telecharger.as_view(),
        name="donnees-csv",
    ),
    path("aide/", views_aide.Sommaire.as_view(), name="aide"),
    path("aide/<slug:role>/", views_aide.AideDuRole.as_view(), name="aide-role"),
]
