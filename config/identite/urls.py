from django.urls import path

from config.identite import views

urlpatterns = [
    path(".well-known/openid-configuration", views.configuration),
    path("cles/", views.cles, name="identite-cles"),
    path("autorisation/", views.choisir, name="identite-authorization"),
    path("jeton/", views.echanger, name="identite-token"),
    path("personne/", views.dire, name="identite-userinfo"),
]
