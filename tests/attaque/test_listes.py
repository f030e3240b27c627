"""Questions that nobody thought of, on every list: always an answer."""

import random
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation
from django.urls import reverse

from config.api.filtres import filtres_de
from config.api.tables import noms
from tests.attaque.outils import combien, parts
from tests.config.test_adresses_folles import (
    DE_LISTE,
    LIBRES,
    VALEURS,
    demander,
    monde,
    parametres_de,
    parametres_de_liste,
    requete,
    routes,
)

__all__ = ["monde"]
pytestmark = pytest.mark.django_db(transaction=True)
QUESTIONS = combien(4, 2000)  # a list
SUFFIXES = ("exact", "gt", "in", "isnull", "startswith", "regex", "year", "range")
PARTS = parts(10)
LOOKUPS = ["", *(f"__{suffixe}" for suffixe in SUFFIXES)]


def question(hasard, connus):
    """A few parameters of this list or of another, each with what is true, odd or hostile."""
    morceaux = []
    for _ in range(hasard.randrange(1, 5)):
        nom = hasard.choice(connus)
        if hasard.random() < 0.3:
            nom += hasard.choice(LOOKUPS)
        valeur = hasard.choice(VALEURS) if hasard.random() < 0.8 else _hasard(hasard)
        morceaux.append(f"{nom}={valeur.format(nom=nom) if '{nom}' in valeur else valeur}")
    return "&".join(morceaux)


def _hasard(hasard):
    return quote("".join(chr(hasard.choice([32, 39, 65, 233, 8239, 128512])) for _ in range(9)))


def de_l_admin(modele_admin, agent):
    demande = requete(agent, "")
    champs = [c.name for c in modele_admin.opts.get_fields()]
    lies = [
        f"{c.name}__{n.name}"
        for c in modele_admin.opts.fields
        if c.is_relation
        for n in c.related_model._meta.fields
    ]
    return [*DE_LISTE, *champs, *lies, *{n for n, _ in parametres_de_liste(modele_admin, demande)}]


@pytest.mark.parametrize("genre", ["région", "délégation"])
def test_no_question_breaks_a_list_of_the_admin(genre, monde, dire):
    fautes, faites, hasard = {}, 0, random.Random(genre)
    agent = monde["agents"][genre]
    for modele_admin in admin.site._registry.values():
        if not modele_admin.has_view_permission(requete(agent, "")):
            continue
        connus = de_l_admin(modele_admin, agent)
        for _ in range(QUESTIONS // 2):
            suite = question(hasard, connus)
            faites += 1
            try:
                list(modele_admin.get_changelist_instance(requete(agent, suite)).result_list)
            except (IncorrectLookupParameters, SuspiciousOperation):
                continue  # told, and the list shown whole; or refused as forged
            except Exception as erreur:
                cle = f"{modele_admin.opts.model_name} {type(erreur).__name__}: {erreur}"[:200]
                fautes[cle] = suite[:200]
    dire(f"Listes de l’administration ({genre})", questions=faites)
    assert fautes == {}


def publiques(monde):
    """(address, its parameters) of each public list and of each table of the API."""
    for route, motif in routes():
        vue = getattr(motif.callback, "view_class", None)
        if "<" not in route and getattr(vue, "filterset_class", None):
            yield f"/{route}", parametres_de(motif)
    for nom in noms():
        yield reverse(f"api-{nom}"), [*filtres_de(nom).base_filters, *LIBRES, "curseur", "taille"]


@pytest.mark.parametrize("part", PARTS)
def test_no_question_breaks_a_public_list(part, monde, client, dire):
    fautes, faites, hasard = {}, 0, random.Random(5 + part)
    siennes = list(publiques(monde))[part :: len(PARTS)]
    for adresse, connus in siennes:
        for _ in range(QUESTIONS):
            faites += 1
            demander(client, f"{adresse}?{question(hasard, connus)}", fautes)
    nom = f"Listes publiques et API ({part + 1} sur {len(PARTS)})"
    dire(nom, listes=len(siennes), questions=faites)
    assert fautes == {}
