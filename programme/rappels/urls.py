from django.urls import path

from programme.rappels import views

urlpatterns = [
    path("agenda/<slug:jeton>.ics", views.agenda, name="agenda"),
    path("compte/agenda/ouvrir/", views.ouvrir, name="agenda-ouvrir"),
    path("compte/agenda/fermer/", views.fermer, name="agenda-fermer"),
]
