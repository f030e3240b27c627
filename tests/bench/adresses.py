"""Every address of the site, a view that says one word, one that says the process's time."""

import time

from django.http import HttpResponse
from django.urls import path

from config.urls import urlpatterns as adresses

urlpatterns = [
    path("vide/", lambda request: HttpResponse("vide")),
    path("temps/", lambda request: HttpResponse(time.process_time())),
    *adresses,
]
