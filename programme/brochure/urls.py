from django.urls import path

from programme.brochure import views

urlpatterns = [
    path("territoires/<slug:identifiant>/brochure.pdf", views.telecharger, name="brochure"),
]
