"""Public answers kept whole by every web process, shared where there is Redis: none is made again
while the database stands still, and what changed shows at the first request after it.

See `docs/decisions/0010-des-reponses-gardees.md`.
"""

from collections import OrderedDict
from hashlib import sha1
from threading import Lock, get_ident

from django.conf import settings
from django.core.cache import caches
from django.db import connection

from territoires.carte.reponses import version_du_code
from territoires.conservation import PAGE, Gardee, est_personnelle, etat_de_la_base
from territoires.replique import PANNES, REPLIQUE, base_lue

# The same for everybody who has no session. An address that is not here is made at each request.
CONSERVEES = frozenset(
    {
        "accessibilite",
        "accueil",
        "actualite",
        "actualites",
        "actualites-flux",
        "aide",
        "aide-ecran",
        "aide-role",
        "api",
        "api-essayer",
        "api-schema",
        "assemblee",
        "assemblee-calendrier",
        "assemblees",
        "bonne-pratique",
        "bonnes-pratiques",
        "brochure",
        "carte",
        "carte-en-vigueur",
        "comparaison",
        "contrat",
        "contrats",
        "convention",
        "conventions",
        "donnees",
        "donnees-carte",
        "donnees-catalogue",
        "donnees-csv",
        "donnees-jeu",
        "donnees-schema",
        "donnees-personnelles",
        "engagement",
        "fiche",
        "fiches",
        "fichier-carte",
        "fichier-en-vigueur",
        "financements-mobilises",
        "integrer-carte",
        "integrer-en-vigueur",
        "integrer-territoire",
        "intercommunalite",
        "intervenant",
        "interventions",
        "mentions-legales",
        "mobilisation",
        "nouvelles",
        "nouvelles-territoire",
        "offres",
        "page-editoriale",
        "partenaire",
        "partenaires",
        "plan",
        "plan-du-site",
        "plan-du-site-section",
        "programme",
        "recherche",
        "recherche-propositions",
        "region",
        "regions",
        "registre-obstacles",
        "robots",
        "security-txt",
        "sequence-calendrier",
        "territoire",
        "territoires",
        "theme",
        "themes",
        "vignette",
        "vignette-assemblee",
        "vignette-fiche",
        "vignette-territoire",
    }
)
# What a decorator says of an answer, and a middleware reads when it leaves.
DITS_DE_LA_REPONSE = ("xframe_options_exempt", "_csp_exempt", "_csp_config", "_csp_update")
PLACE = 64_000_000  # bytes, a process
HEURE = 3600  # seconds, in Redis
PLUS_GRANDE = 4_000_000  # bytes, one answer


class Reserve:
    """What was answered last at each address, the oldest leaving first when the place is full."""

    def __init__(self):
        self.gardees, self.taille, self.verrou = OrderedDict(), 0, Lock()

    def __contains__(self, cle):
        return cle in self.gardees

    def chercher(self, cle, etat):
        """The answer kept at this address if the database still is in that state, or None."""
        with self.verrou:
            connu, gardee = self.gardees.get(cle, (None, None))
            if gardee is not None and connu == etat:
                self.gardees.move_to_end(cle)
                return gardee
        if (commune := _en_commun_aux_machines(cle)) is None:
            return None
        connu, gardee = caches["reponses"].get(commune, (None, None))
        if gardee is None or connu != etat:
            return None
        self._ranger(cle, etat, gardee)
        return gardee

    def derniere(self, cle):
        """The answer kept last at this address, whatever was written since, or None."""
        with self.verrou:
            _, gardee = self.gardees.get(cle, (None, None))
        if gardee is None and (commune := _en_commun_aux_machines(cle)) is not None:
            _, gardee = caches["reponses"].get(commune, (None, None))
        return gardee

    def garder(self, cle, etat, gardee):
        if len(gardee.corps) > PLUS_GRANDE:
            return
        self._ranger(cle, etat, gardee)
        if (commune := _en_commun_aux_machines(cle)) is not None:
            caches["reponses"].set(commune, (etat, gardee), HEURE)

    def _ranger(self, cle, etat, gardee):
        with self.verrou:
            self._oublier(cle)
            self.gardees[cle] = etat, gardee
            self.taille += len(gardee.corps)
            while self.taille > PLACE:
                self._oublier(next(iter(self.gardees)))

    def _oublier(self, cle):
        _, ancienne = self.gardees.pop(cle, (None, None))
        self.taille -= len(ancienne.corps) if ancienne else 0

    def vider(self):
        with self.verrou:
            self.gardees.clear()
            self.taille = 0


def _en_commun_aux_machines(cle):
    """Under which name the others find it; None where each process keeps its own."""
    if not settings.REDIS_URL or connection.vendor == "sqlite":
        return None
    return sha1(f"{version_du_code()} {cle}".encode(), usedforsecurity=False).hexdigest()


reserve = Reserve()


class ReponsesConservees:
    """Middleware: what this process kept is sent before a session or an address is read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (gardee := _d_avance(request)) is not None:
            request.page_gardee = gardee.page
            return _rendre(gardee, request)
        reponse = self.get_response(request)
        if not getattr(request, "est_conservee", False) or getattr(reponse, "est_rendue", False):
            return reponse
        if est_personnelle(request):
            return reponse
        if reponse.status_code == 304:
            for entete, valeur in _en_commun(reponse).items():
                reponse[entete] = valeur
            return reponse
        if reponse.status_code != 200 or reponse.streaming or _est_a_quelqu_un(request, reponse):
            return reponse
        gardee = _faire(reponse, request.resolver_match.view_name)
        if request.etat_lu:
            reserve.garder(_ici(request), request.etat_lu, gardee)
        return _rendre(gardee, request)

    def process_view(self, request, *view):
        """What another machine kept, now that the page and the base it reads are known."""
        nom = request.resolver_match.view_name
        request.est_conservee = request.method == "GET" and nom in CONSERVEES
        if not request.est_conservee or est_personnelle(request):
            return None
        request.etat_lu, gardee = _deja_faite(request)
        return _rendre(gardee, request) if gardee else None


def _deja_faite(request):
    """What `_chercher` says, asked once a request."""
    if not hasattr(request, "cherchee"):
        request.cherchee = _chercher(request)
    return request.cherchee


def _chercher(request):
    """(state of the database, the answer kept under it); with no database, the last one kept."""
    ici = _ici(request)
    try:
        etat = None if settings.DEBUG else etat_de_la_base()
    except PANNES:
        # A page as it was is worth more than none: the base was lost, not what it had published.
        if gardee := reserve.derniere(ici) or reserve.derniere(_ici(request)):
            return None, gardee
        raise
    return etat, etat and reserve.chercher(_ici(request), etat)


def _d_avance(request):
    """What this process answered there last, if it still holds.

    With a replica one must know the page first, to know which of the two bases it reads.
    """
    if request.method != "GET" or REPLIQUE in settings.DATABASES or est_personnelle(request):
        return None
    return _deja_faite(request)[1] if _ici(request) in reserve else None


def _faire(reponse, page):
    entetes = dict(reponse.headers) | _en_commun(reponse)
    corps = reponse.content
    entetes.setdefault("ETag", f'W/"{sha1(corps, usedforsecurity=False).hexdigest()}"')
    gardee = Gardee(corps, entetes)
    gardee.page = page
    gardee.dits = {nom: vars(reponse)[nom] for nom in DITS_DE_LA_REPONSE if nom in vars(reponse)}
    return gardee


def _rendre(gardee, request):
    reponse = gardee.repondre(request)
    vars(reponse).update(gardee.dits, est_rendue=True)
    return reponse


def _en_commun(reponse):
    """It may be kept anywhere, as long as one asks us whether it still holds."""
    vary = "Accept-Encoding"
    if reponse.get("Content-Type", PAGE).startswith("text/html"):
        vary += ", Cookie"
    return {"Cache-Control": "public, no-cache", "Vary": vary}


def _est_a_quelqu_un(request, reponse):
    """It sets a cookie, holds a token of forms, or says itself that it is private."""
    return bool(
        reponse.cookies
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        or "private" in reponse.get("Cache-Control", "")
        or "no-store" in reponse.get("Cache-Control", "")
    )


def _ici(request):
    """The address, and the base that is read; on SQLite this thread, which counts by itself."""
    lieu = get_ident() if connection.vendor == "sqlite" else base_lue()
    return lieu, request.build_absolute_uri()
