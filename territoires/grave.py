"""Before what is grave, one says again who one is: a session left open does not do it alone."""

import time
from functools import wraps
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

# What was opened in time may be sent during the hour: nothing that is typed is lost.
POUR_ENVOYER = 3600  # seconds


def s_est_dit(request, depuis):
    """Whether this person signed in, or confirmed it, less than `depuis` seconds ago."""
    traces = get_authentication_records(request, request.user)
    return bool(traces) and time.time() - traces[-1]["at"] < depuis


def a_confirmer(request, retour=None):
    """Where to confirm who one is before this page; None when one did so a moment ago."""
    delai = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    if request.method == "POST":
        delai = max(delai, POUR_ENVOYER)
    if not settings.REAUTHENTIFICATION or s_est_dit(request, delai):
        return None
    moyens = get_adapter().get_reauthentication_methods(request.user)
    if not moyens:
        raise PermissionDenied("Ce compte n’a pas de quoi confirmer qui vous êtes.")
    return redirect(f"{moyens[0]['url']}?{urlencode({'next': retour or request.get_full_path()})}")


def grave(vue):
    """Decorator of a view of the admin: asked as it opens, or opened too long ago."""

    @wraps(vue)
    def gardee(self, request, *args, **kwargs):
        return a_confirmer(request) or vue(self, request, *args, **kwargs)

    return gardee
