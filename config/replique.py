"""Public pages read the replica; who has a session, or has just sent a form, reads the primary."""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed

from config.conservation import CONSERVEES
from territoires.conservation import est_personnelle
from territoires.replique import PANNES, PRINCIPALE, REPLIQUE, lecture, suivi

SURES = ("GET", "HEAD")
# A search first notes in its index what was written since: it is on the primary.
SUR_LA_PRINCIPALE = {"recherche", "recherche-propositions"}
A_ECRIT = "a_ecrit"  # cookie
MARGE = 5  # seconds that it lasts beyond the greatest delay


def peut_lire_la_replique(request):
    """A page that is the same for everybody, asked by somebody who wrote nothing just now."""
    nom = request.resolver_match.view_name
    ouverte = nom in CONSERVEES or nom.startswith("api-")
    return (
        ouverte
        and nom not in SUR_LA_PRINCIPALE
        and request.method in SURES
        and "Authorization" not in request.headers
        and A_ECRIT not in request.COOKIES
        and not est_personnelle(request)
    )


class SurLaReplique:
    """Middleware, before that of the kept answers; without a replica, it is not there."""

    def __init__(self, get_response):
        if REPLIQUE not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        with lecture() as request.lecture:
            reponse = self.get_response(request)
        if request.method not in (*SURES, "OPTIONS") and reponse.status_code < 400:
            reponse.set_cookie(
                A_ECRIT,
                "1",
                max_age=settings.REPLIQUE_RETARD + MARGE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return reponse

    def process_view(self, request, *vue):
        if peut_lire_la_replique(request) and suivi.est_a_jour():
            request.lecture.base = REPLIQUE

    def process_exception(self, request, erreur):
        """The replica left during the page: it is made again from the primary.

        Where the replica answers, it was the primary that left: the others go on reading.
        """
        if request.lecture.base != REPLIQUE or not isinstance(erreur, PANNES):
            return None
        if suivi.repond(erreur):
            return None
        request.lecture.base = PRINCIPALE
        trouvee = request.resolver_match
        reponse = trouvee.func(request, *trouvee.args, **trouvee.kwargs)
        return reponse.render() if hasattr(reponse, "render") else reponse


def etat():
    """What is told of the replica to those who watch; None without one."""
    if REPLIQUE not in settings.DATABASES:
        return None
    lue = suivi.est_a_jour()
    retard = suivi.retard
    if retard is None:
        return {"lue": lue, "etat": f"en panne ({suivi.raison})", "retard_s": None}
    connu = None if retard == float("inf") else round(retard, 2)
    return {"lue": lue, "etat": "en ordre" if lue else "en retard", "retard_s": connu}
