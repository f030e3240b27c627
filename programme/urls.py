from django.urls import include, path

urlpatterns = [
    path("", include("programme.fiches.urls")),
    path("", include("programme.instruction.urls")),
    path("", include("programme.contrats.urls")),
    path("", include("programme.brochure.urls")),
    path("", include("programme.pratiques.urls")),
    path("", include("programme.courriels.urls")),
    path("", include("programme.themes.urls")),
    path("", include("programme.mobilisation.urls")),
    path("", include("programme.pilotage.urls")),
    path("", include("programme.rappels.urls")),
]
