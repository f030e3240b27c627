from django.urls import path

from programme.courriels import views

urlpatterns = [
    path("pilotage/mes-courriels/", views.MesCourriels.as_view(), name="mes-courriels"),
    path("courriels/rebonds/", views.recevoir_un_rebond, name="courriels-rebonds"),
]
