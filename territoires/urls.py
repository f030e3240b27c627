from django.urls import include, path

urlpatterns = [
    path("", include("territoires.carte.urls")),
    path("", include("territoires.portraits.urls")),
    path("", include("territoires.recherche.urls")),
    path("", include("territoires.saisie.urls")),
    path("", include("territoires.acces.urls")),
]
