"""Every address with what nobody should write in it: always a page, never a failure.

The walk is over what the site really has: routes, filters of the lists, filters, fields and
searches of the admin. A new one is walked without being named here.
"""

from datetime import timedelta
from urllib.parse import quote

import django_filters
import pytest
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import SuspiciousOperation
from django.db import models
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from config.taches.models import Ouvrier
from tests import factories as f

# What a test wraps in a transaction would stay broken after the first refused query.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sans_limite")]

# As they stand in an address: escaped.
VALEURS = [
    "",
    "0",
    "-1",
    "26",
    "99999",
    "9" * 20,
    "9" * 5000,
    "1e49",
    "1e400",
    "NaN",
    "-Infinity",
    "abc",
    "%00",
    "a%00b",
    "%FF",
    "%ED%A0%80",
    quote("²"),
    quote("٢٠٢٤"),
    "(",
    "%25_%27%22",
    "0026-01-01",
    "0001-01",
    "9999-12",
    "9999-12-31",
    "2024-13-45",
    quote("mot " * 2000),
    "1&{nom}=abc",
]
RACCOURCIES = ["%00", "9" * 20, "99999", "("]
DANS_LE_CHEMIN = {
    "int": ["0", "9" * 20, "9" * 400, "9" * 5000],
    "slug": ["0", "-", "_", "9" * 20, "a" * 3000],
    "autre": ["0", "-1", "9" * 20, "%00", "%FF", "%ED%A0%80", "_5F", "a" * 3000, quote("²")],
}
GENRES = ["anonyme", "intercommunalité", "région", "délégation"]
# Read by views that have no form for them.
LIBRES = ["page", "tri", "q", "format", "edition", "depuis", "comite", "version", "partie"]
LIBRES += ["couleur", "region", "texte", "interregional", "fiches", "le"]
DE_LISTE = ["o", "p", "q", "e", "all", "_facets", "_popup", "_to_field", "_changelist_filters"]
D_UN_FILTRE = [*RACCOURCIES, "", "abc", "-1", "NaN", "%FF", quote("²"), "9999-12-31", "9" * 5000]
# Lookups that no list offers, but that an address may ask of a field of this kind.
LOOKUPS = {
    models.DateField: [("year", "99999"), ("gte", "0026-13-01"), ("in", "%00")],
    models.IntegerField: [("in", "9" * 20), ("gte", "9" * 20), ("exact", quote("²"))],
    models.DecimalField: [("gte", "1e400"), ("exact", "NaN"), ("lt", "1e49")],
    models.Field: [("exact", "a%00b"), ("regex", "("), ("isnull", "abc")],
}


class Environ(dict):
    """Of a request: whether anybody looked at what stands after the « ? » of its address."""

    regarde = False

    def __getitem__(self, cle):
        self.regarde |= cle == "QUERY_STRING"
        return super().__getitem__(cle)

    def get(self, cle, defaut=None):
        self.regarde |= cle == "QUERY_STRING"
        return super().get(cle, defaut)


class Guet(ClientHandler):
    def __call__(self, environ):
        self.environ = Environ(environ)
        return super().__call__(self.environ)


@pytest.fixture
def monde():
    maintenant = timezone.now()
    # However long the walk takes, it is not silent.
    demain = maintenant + timedelta(days=1)
    Ouvrier.objects.create(nom="un", hote="h", pid=3, demarre_le=maintenant, vu_le=demain)
    ici = f.territoire_publie(f.RegionFactory(code="27"), nom="Ici")
    fiche = f.fiche_complete(ici)
    convention = f.EngagementFactory().convention
    sequence = f.InterventionFactory(territoire=ici).sequence
    seance = f.SeanceFactory(comite=f.ComiteDePilotageFactory(region=ici.regions[0]))
    agents = dict(zip(GENRES, [None, *f.agents_de(ici), f.agent_delegation()], strict=True))
    return {
        "agents": agents,
        # The beginnings of addresses that hold something else after a row that exists.
        "bons": {
            "fiches/<slug:reference>/": fiche.reference,
            "conventions/<slug:reference>/": convention.reference,
            "assemblees/<slug:identifiant>/": sequence.assemblee.identifiant,
            "seance/<int:pk>/": seance.pk,
            "ficheaction/<int:pk>/": fiche.pk,
            "donnees/<slug:nom>/": "fiches",
            "carte/<slug:code>/": ici.perimetre_courant.edition.code,
            "territoires/<slug:identifiant>/": ici.identifiant,
        },
    }


def routes(resolveur=None, debut=""):
    """(address with its holes, view) of all that the site answers."""
    for motif in (resolveur or get_resolver()).url_patterns:
        route = getattr(motif.pattern, "_route", None)
        if isinstance(motif, URLResolver):
            yield from routes(motif, debut + (route or ""))
        elif isinstance(motif, URLPattern) and route is not None:
            yield debut + route, motif


def trous(route):
    return [trou.partition(">")[0] for trou in route.split("<")[1:]]


def combler(route, bons, fou=None):
    """The address; its last hole takes what is mad, those before it a row that exists."""
    for debut, bon in bons.items():
        if debut in route and (fou is None or route.count("<") > 1):
            route = route.replace(debut, debut.replace(debut[debut.index("<") : -1], str(bon)))
    for trou in trous(route):
        route = route.replace(f"<{trou}>", fou or "1")
    return f"/{route}"


def adresses_folles(bons, du_site):
    for route, _ in routes():
        if route.startswith("admin/") is du_site:
            continue
        genres = {trou.partition(":")[0] if ":" in trou else "autre" for trou in trous(route)}
        for genre in genres:
            for fou in DANS_LE_CHEMIN.get(genre, DANS_LE_CHEMIN["autre"]):
                yield combler(route, bons, fou)


def demander(client, adresse, fautes):
    try:
        reponse = client.get(adresse)
        if reponse.streaming:
            b"".join(reponse.streaming_content)
    except Exception as erreur:
        fautes[f"{type(erreur).__name__}: {erreur}"[:200]] = adresse[:120]
        return
    if reponse.status_code >= 500:
        fautes[adresse[:120]] = reponse.status_code


@pytest.mark.parametrize("genre", ["anonyme", "délégation"])
def test_what_is_mad_in_a_path_is_answered(genre, monde, client):
    if agent := monde["agents"][genre]:
        client.force_login(agent)
    fautes = {}
    for adresse in adresses_folles(monde["bons"], du_site=genre == "anonyme"):
        demander(client, adresse, fautes)
    assert fautes == {}


def parametres_de(motif):
    vue = getattr(motif.callback, "view_class", None)
    filtres = getattr(vue, "filterset_class", None)
    return [*LIBRES, *(filtres.base_filters if filtres else ())]


@pytest.mark.parametrize("genre", GENRES)
def test_what_is_mad_in_the_parameters_of_a_page_is_answered(genre, monde, client):
    if agent := monde["agents"][genre]:
        client.force_login(agent)
    client.handler = guet = Guet(enforce_csrf_checks=False)
    valeurs = VALEURS if genre == "anonyme" else RACCOURCIES[:2]
    fautes = {}
    for route, motif in routes():
        if route.startswith("admin/"):
            continue
        adresse = combler(route, monde["bons"])
        for valeur in valeurs:
            suite = "&".join(f"{n}={valeur.format(nom=n)}" for n in parametres_de(motif))
            demander(client, f"{adresse}?{suite}", fautes)
            if not guet.environ.regarde:
                break  # whatever else stood there, the answer would be this one
    assert fautes == {}


def filtersets(classe=django_filters.FilterSet):
    for sous in classe.__subclasses__():
        if not sous.__module__.startswith("django_filters"):
            yield sous
        yield from filtersets(sous)


def requete(agent, suite):
    demande = RequestFactory().get(f"/?{suite}")
    demande.user, demande.session = agent, {}
    demande._messages = FallbackStorage(demande)
    return demande


def test_each_filter_of_each_public_list_survives_what_is_mad(monde):
    fautes = {}
    for classe in filtersets():
        if classe._meta.model is None:
            continue
        for nom in classe.base_filters:
            for valeur in VALEURS:
                demande = requete(monde["agents"]["délégation"], f"{nom}={valeur.format(nom=nom)}")
                lignes = classe._meta.model._default_manager.all()
                try:
                    list(classe(demande.GET, lignes, request=demande).qs)
                except Exception as erreur:
                    fautes[classe.__name__, nom, f"{type(erreur).__name__}: {erreur}"[:150]] = (
                        valeur[:30]
                    )
    assert fautes == {}


def parametres_de_liste(modele_admin, demande):
    """Those that this list offers, then lookups that nobody offers but that an address may ask."""
    offerts = []
    for spec in modele_admin.get_changelist_instance(demande).filter_specs:
        offerts += spec.expected_parameters()
    if modele_admin.date_hierarchy:
        offerts += [f"{modele_admin.date_hierarchy}__{p}" for p in ("year", "month", "day")]
    yield from ((nom, valeur) for nom in DE_LISTE for valeur in RACCOURCIES)
    yield from ((nom, valeur) for nom in offerts for valeur in D_UN_FILTRE)
    for champ in modele_admin.opts.fields:
        genre = next(g for g in LOOKUPS if isinstance(champ, g))
        yield from ((f"{champ.name}__{lookup}", valeur) for lookup, valeur in LOOKUPS[genre])


def parcourir(modele_admin, agent):
    for nom, valeur in parametres_de_liste(modele_admin, requete(agent, "")):
        demande = requete(agent, f"{nom}={valeur.format(nom=nom)}")
        try:
            list(modele_admin.get_changelist_instance(demande).result_list)
        except (IncorrectLookupParameters, SuspiciousOperation):
            pass  # told, and the list shown whole; or refused as forged
        except Exception as erreur:
            nom = f"{modele_admin.opts.model_name}?{nom}={valeur[:30]}"
            yield nom, f"{type(erreur).__name__}: {erreur}"[:150]


@pytest.mark.parametrize("genre", ["délégation"])
def test_what_is_mad_in_a_list_of_the_admin_is_answered(genre, monde):
    fautes = {}
    for modele_admin in admin.site._registry.values():
        if not modele_admin.has_view_permission(requete(monde["agents"][genre], "")):
            continue
        for adresse, erreur in parcourir(modele_admin, monde["agents"][genre]):
            fautes.setdefault(erreur, []).append(adresse)
    assert {erreur: (len(a), a[:6]) for erreur, a in fautes.items()} == {}
