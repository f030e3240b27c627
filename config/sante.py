"""What is asked of a process by those who watch it: does it live, can it serve, how does it go."""

import logging
import time

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from config import replique
from config.sauvegardes.deux_versions import en_attente
from config.taches.etat import chiffres, est_servie

EN_ORDRE = "en ordre"
veille = logging.getLogger("sante")

REGISTRE = CollectorRegistry()
REQUETES = Counter(
    "ti_requetes", "Requêtes servies", ["methode", "page", "statut"], registry=REGISTRE
)
DUREES = Histogram(
    "ti_duree_secondes",
    "Durée des réponses",
    ["page"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRE,
)


@never_cache
def vit(request):
    """The process answers: nothing else is asked of it."""
    return HttpResponse("vivant\n", content_type="text/plain; charset=utf-8")


def _base():
    with connection.cursor() as curseur:
        curseur.execute("SELECT 1")


def _migrations():
    if en_attente()[0]:
        raise RuntimeError("des migrations attendent")


def _cache():
    # Written once a minute at most: where the cache is the database, a write has its cost.
    if cache.get("sante") is None:
        cache.set("sante", "en ordre", 60)
    if cache.get("sante") is None:
        raise RuntimeError("le cache ne rend rien")


def _stockage():
    nom = default_storage.save("sante/essai.txt", ContentFile(b"essai"))
    default_storage.delete(nom)


def _ouvrier():
    if not est_servie():
        raise RuntimeError("aucun ouvrier ne répond")


VERIFICATIONS = {
    "base": _base,
    "migrations": _migrations,
    "cache": _cache,
    "stockage": _stockage,
    "ouvrier": _ouvrier,
}


def _etats(sans):
    """{part: how it is}. What the database would have said is unknown without it, not broken."""
    etats = {}
    for nom, verifier in VERIFICATIONS.items():
        if nom in sans:
            continue
        try:
            verifier()
        except Exception as erreur:  # whatever fails, the answer says which
            sans_base = etats.get("base", EN_ORDRE) != EN_ORDRE
            if sans_base and isinstance(erreur, DatabaseError | InterfaceError):
                etats[nom] = "inconnu sans la base"
                continue
            veille.warning("%s en panne : %s", nom, erreur)
            etats[nom] = f"en panne ({type(erreur).__name__})"
        else:
            etats[nom] = EN_ORDRE
    return etats


@never_cache
def pret(request):
    """Whether it can serve: 503 with what fails. The reason is for the log, not for the world.

    `?sans=ouvrier` leaves a check out: a proxy need not turn visitors away while no e-mail leaves.
    """
    etats = _etats(request.GET.getlist("sans"))
    bon = all(etat == EN_ORDRE for etat in etats.values())
    if dite := replique.etat():  # without it one reads the primary: it is told, and stops nothing
        etats["replique"] = dite
    return JsonResponse({"pret": bon, **etats}, status=200 if bon else 503)


@never_cache
def metriques(request):
    """For Prometheus, with `Authorization: Bearer <METRIQUES_JETON>`; without a token, nothing."""
    jeton = settings.METRIQUES_JETON
    recu = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not jeton or not constant_time_compare(jeton, recu):
        return HttpResponse("Non autorisé.\n", status=401 if jeton else 404)
    registre = REGISTRE
    if settings.METRIQUES_DOSSIER:  # several processes write there, any of them tells of all
        registre = CollectorRegistry()
        MultiProcessCollector(registre, path=settings.METRIQUES_DOSSIER)
    du_fond = CollectorRegistry()
    du_fond.register(DuTravailDeFond())
    texte = generate_latest(registre) + generate_latest(du_fond)
    return HttpResponse(texte, content_type=CONTENT_TYPE_LATEST)


class DuTravailDeFond:
    """Figures that the database holds: read when asked, the same from whatever process."""

    def collect(self):
        familles = {}
        for (nom, etiquette), nombre in chiffres().items():
            if nom not in familles:
                familles[nom] = GaugeMetricFamily(nom, "Travail de fond", labels=["nom"])
            familles[nom].add_metric([etiquette], nombre)
        return [*familles.values(), *_de_la_replique()]


def _de_la_replique():
    dite = replique.etat()
    if dite is None:
        return
    yield GaugeMetricFamily("ti_replique_lue", "Réplique lue (1) ou non (0)", value=dite["lue"])
    if dite["retard_s"] is not None:
        yield GaugeMetricFamily(
            "ti_replique_retard_secondes", "Retard de la réplique, au plus", value=dite["retard_s"]
        )


class Mesure:
    """First of the middlewares: each answer counted, and timed, under its page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        debut = time.perf_counter()
        reponse = self.get_response(request)
        trouvee = getattr(request, "resolver_match", None)
        # A page that is kept is sent without looking for its address.
        page = getattr(request, "page_gardee", trouvee and trouvee.view_name) or "inconnue"
        REQUETES.labels(request.method, page, reponse.status_code).inc()
        DUREES.labels(page).observe(time.perf_counter() - debut)
        return reponse
