"""Around every request of who is signed in: a session goes on while it serves."""

import time

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.shortcuts import redirect

from territoires.acces.facteurs import doit_en_ajouter

VU = "vu"
PAS = 300  # seconds between two writings of « still there »
LIBRES = ("/compte/", "/static/", "/aide/", "/admin/logout/", "/admin/jsi18n/")


@receiver(user_logged_in)
def commencer(sender, request, **autres):
    request.session[VU] = int(time.time())


class SessionTenue:
    """Silence ends a session; whoever must have a second factor adds it before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # A page that asks nothing of the session must not open it.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            vu = request.session.get(VU)
            if vu is not None and time.time() - vu > PAS:
                request.session[VU] = int(time.time())
            if (
                settings.SECOND_FACTEUR_OBLIGATOIRE
                and vu is not None
                and not request.path.startswith(LIBRES)
                and doit_en_ajouter(request)
            ):
                return redirect("mfa_index")
        return self.get_response(request)
