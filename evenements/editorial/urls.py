from django.urls import path

from evenements.editorial import views

urlpatterns = [
    path("programme/", views.LeProgramme.as_view(), name="programme"),
    path("programme/<slug:identifiant>/", views.PageDuProgramme.as_view(), name="page-editoriale"),
    path("actualites/", views.ListeActualites.as_view(), name="actualites"),
    path("actualites/<slug:identifiant>/", views.PageActualite.as_view(), name="actualite"),
    path("actualites.atom", views.FluxDesActualites(), name="actualites-flux"),
]
