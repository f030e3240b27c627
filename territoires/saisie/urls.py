from django.urls import path

from territoires.saisie import pages

urlpatterns = [
    path("admin/reprendre/", pages.reprendre, name="reprendre-la-saisie"),
]
