"""Every address of the site, and a view that says one word."""

from django.http import HttpResponse
from django.urls import path

from config.urls import urlpatterns as adresses

urlpatterns = [path("vide/", lambda request: HttpResponse("vide")), *adresses]
