from django.urls import path

from programme.instruction import views

urlpatterns = [
    path("instruction/<slug:reference>/", views.Instruction.as_view(), name="instruction"),
    path(
        "instruction/<slug:reference>/complements/<int:numero>/",
        views.Repondre.as_view(),
        name="complement",
    ),
    path(
        "instruction/<slug:reference>/complements/<int:numero>/retirer/",
        views.retirer,
        name="complement-retirer",
    ),
]
