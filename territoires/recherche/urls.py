from django.urls import path

from territoires.recherche import views

urlpatterns = [
    path("recherche/", views.Recherche.as_view(), name="recherche"),
    path("recherche/propositions/", views.propositions, name="recherche-propositions"),
]
