"""What is asked of a process by those who watch it: does it live, can it serve, how does it go."""

import time

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare, get_random_string
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

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
    executeur = MigrationExecutor(connection)
    if executeur.migration_plan(executeur.loader.graph.leaf_nodes()):
        raise RuntimeError("des migrations attendent")


def _cache():
    cle, valeur = "sante", get_random_string(12)
    cache.set(cle, valeur, 60)
    if cache.get(cle) is None:
        raise RuntimeError("le cache ne rend rien")


def _stockage():
    nom = default_storage.save("sante/essai.txt", ContentFile(b"essai"))
    default_storage.delete(nom)


VERIFICATIONS = {
    "base": _base,
    "migrations": _migrations,
    "cache": _cache,
    "stockage": _stockage,
}


@never_cache
def pret(request):
    """Whether it can serve: 503 with what fails. The reason is for the log, not for the world."""
    etats = {}
    for nom, verifier in VERIFICATIONS.items():
        try:
            verifier()
        except Exception as erreur:  # whatever fails, the answer says which
            etats[nom] = f"en panne ({type(erreur).__name__})"
        else:
            etats[nom] = "en ordre"
    bon = all(etat == "en ordre" for etat in etats.values())
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
    return HttpResponse(generate_latest(registre), content_type=CONTENT_TYPE_LATEST)


class Mesure:
    """First of the middlewares: each answer counted, and timed, under its page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        debut = time.perf_counter()
        reponse = self.get_response(request)
        trouvee = getattr(request, "resolver_match", None)
        page = (trouvee and trouvee.view_name) or "inconnue"
        REQUETES.labels(request.method, page, reponse.status_code).inc()
        DUREES.labels(page).observe(time.perf_counter() - debut)
        return reponse
