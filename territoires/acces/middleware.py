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
        # Who has no session is asked nothing, and a page that reads none does not open one.
        connu = settings.SESSION_COOKIE_NAME in request.COOKIES
        if connu and settings.SECOND_FACTEUR_OBLIGATOIRE and _doit_s_equiper(request):
            return redirect("mfa_index")
        reponse = self.get_response(request)
        if connu and request.session.accessed:
            _prolonger(request.session)
        return reponse


def _doit_s_equiper(request):
    return not request.path.startswith(LIBRES) and doit_en_ajouter(request)


def _prolonger(session):
    vu = session.get(VU)
    if vu is not None and time.time() - vu > PAS:
        session[VU] = int(time.time())
