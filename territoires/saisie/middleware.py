"""Around every request that sends a form: what it typed outlives its refusal."""

from urllib.parse import quote, urlsplit

from django.conf import settings

from territoires.saisie.pages import autre_agent, portes, session_perdue
from territoires.saisie.rendue import AUTEUR

ENREGISTREE = "saisie_enregistree"  # cookie: the address whose draft the browser may clear
FENETRE = "admin/popup_response.html"  # closes the small window of a row made on the way


class SaisieGardee:
    """A POST sent to the sign-in page gives its text back; one that was kept says so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        reponse = self.get_response(request)
        if request.method != "POST" or not _est_faite(reponse):
            return reponse
        if request.path in portes():
            return reponse
        if urlsplit(getattr(reponse, "url", "")).path in portes()[:2]:
            return session_perdue(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            reponse.set_cookie(
                ENREGISTREE,
                quote(request.path),
                max_age=300,  # seconds: the next page reads it
                samesite="Lax",
                secure=settings.CSRF_COOKIE_SECURE,
            )
        return reponse

    def process_view(self, request, vue, arguments, options):
        """After the check of its token: nobody sends unknowingly what another had begun."""
        if request.method != "POST" or getattr(vue, "csrf_exempt", False):
            return None  # an upload, whose size is judged before a byte of it is read
        auteur = request.POST.get(AUTEUR)
        if auteur and request.user.is_authenticated and auteur != str(request.user.pk):
            return autre_agent(request)
        return None


def _est_faite(reponse):
    return reponse.status_code in (302, 303) or FENETRE in (
        getattr(reponse, "template_name", None) or ()
    )
