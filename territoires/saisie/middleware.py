"""Around every request that sends a form: what it typed outlives its refusal."""

from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse

from territoires.saisie.pages import autre_agent, session_perdue
from territoires.saisie.rendue import AUTEUR

ENREGISTREE = "saisie_enregistree"  # cookie: the address whose draft the browser may clear


class SaisieGardee:
    """A POST sent to the sign-in page gives its text back; one that was kept says so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        reponse = self.get_response(request)
        if request.method != "POST" or reponse.status_code not in (302, 303):
            return reponse
        if request.path in (reverse("admin:login"), reverse("admin:logout")):
            return reponse
        if urlsplit(reponse.url).path == resolve_url(settings.LOGIN_URL):
            return session_perdue(request)
        reponse.set_cookie(
            ENREGISTREE,
            request.path,
            max_age=300,  # seconds: the next page reads it
            samesite="Lax",
            secure=settings.CSRF_COOKIE_SECURE,
        )
        return reponse

    def process_view(self, request, vue, arguments, options):
        """After the check of its token: nobody sends unknowingly what another had begun."""
        auteur = request.POST.get(AUTEUR) if request.method == "POST" else None
        if auteur and request.user.is_authenticated and auteur != str(request.user.pk):
            return autre_agent(request)
        return None
