"""Every address of the site, and what it is measured against: an empty view, a stock admin."""

import time

from django.http import HttpResponse
from django.urls import path

from config.urls import urlpatterns as adresses
from tests.bench import ordinaire

urlpatterns = [
    path("vide/", lambda request: HttpResponse("vide")),
    path("temps/", lambda request: HttpResponse(time.process_time())),
    path("ordinaire/", ordinaire.site.urls),
    *adresses,
]
