from django.urls import path

from evenements import views

urlpatterns = [
    path("assemblees/", views.ListeAssemblees.as_view(), name="assemblees"),
    path("assemblees/<slug:identifiant>/", views.PageAssemblee.as_view(), name="assemblee"),
    path(
        "assemblees/<slug:identifiant>/documents/<int:pk>/",
        views.TelechargerDocument.as_view(),
        name="document",
    ),
]
