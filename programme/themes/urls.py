from django.urls import path

from programme.themes import views

urlpatterns = [
    path("themes/", views.ListeThemes.as_view(), name="themes"),
    path("themes/<slug:identifiant>/", views.PageTheme.as_view(), name="theme"),
]
