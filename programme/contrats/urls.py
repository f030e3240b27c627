from django.urls import path

from programme.contrats import views

urlpatterns = [
    path("contrats/", views.ListeContrats.as_view(), name="contrats"),
    path("contrats/<slug:reference>/", views.PageContrat.as_view(), name="contrat"),
]
