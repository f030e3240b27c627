"""The arrows of the house: a room knows those below it, never one above nor a neighbour.

`fleches.py`, beside this, lists the rooms in order.
"""

import ast
import re

import pytest

from tests.depot import fleches
from tests.depot.fleches import (
    APPS,
    COMMUNS,
    adresses_du_module,
    adresses_nommees,
    gabarits,
    gabarits_nommes,
    importes,
    lus_dans,
    lus_dans_le_gabarit,
    modules,
    peut_viser,
    piece,
    piece_du_gabarit,
    relations_lues,
    vises_par,
)

# {(who points, what it names): why it may}
PERMIS = {
    ("territoires/carte/donnees_carte.html", "donnees"): "the foot of every page leads there too",
    ("territoires.geographie.codes", "membres"): "those of `Liste`, read from a file: no relation",
}


def imports_de_travers(module, arbre):
    depart = piece(module)
    for ligne, nom in importes(module, arbre):
        if not peut_viser(depart, piece(nom)):
            yield module, f"importe {nom}, ligne {ligne}", depart, piece(nom), nom


def gabarits_de_travers(nom, texte):
    depart = piece_du_gabarit(nom)
    for vise, arrivee in vises_par(texte):
        if not peut_viser(depart, arrivee):
            yield nom, f"montre ou charge {vise}", depart, arrivee, vise
    for vise, app in adresses_nommees(texte):
        if APPS.index(app) > APPS.index(depart.split(".")[0]):
            yield nom, f"mène à « {vise} »", depart, app, vise


def gabarits_nommes_de_travers(module, arbre):
    depart = piece(module)
    for ligne, vise in gabarits_nommes(arbre):
        if not peut_viser(depart, piece_du_gabarit(vise)):
            yield module, f"nomme {vise}, ligne {ligne}", depart, piece_du_gabarit(vise), vise


def adresses_de_travers(module, arbre):
    depart = piece(module)
    for ligne, vise, app in adresses_du_module(arbre):
        if APPS.index(app) > APPS.index(depart.split(".")[0]):
            yield module, f"mène à « {vise} », ligne {ligne}", depart, app, vise


def relations_de_travers(module, arbre):
    depart = piece(module)
    for ligne, nom, haut in relations_lues(depart, lus_dans(arbre)):
        yield module, f"lit « {nom} », ligne {ligne}", depart, haut, nom


def relations_de_travers_du_gabarit(gabarit, texte):
    depart = piece_du_gabarit(gabarit)
    for ligne, nom, haut in relations_lues(depart, lus_dans_le_gabarit(texte)):
        yield gabarit, f"lit « {nom} », ligne {ligne}", depart, haut, nom


def du_code(recherche):
    return [trouve for module, arbre in modules().items() for trouve in recherche(module, arbre)]


def des_gabarits(recherche):
    return [
        trouve
        for nom, texte in gabarits().items()
        if not COMMUNS.match(nom)
        for trouve in recherche(nom, texte)
    ]


def de_travers():
    """Every arrow that points up, those that are allowed among them."""
    return [
        *du_code(imports_de_travers),
        *du_code(gabarits_nommes_de_travers),
        *du_code(relations_de_travers),
        *des_gabarits(gabarits_de_travers),
        *des_gabarits(relations_de_travers_du_gabarit),
    ]


def refuser(ecarts):
    assert [
        f"{qui} ({depart}) {quoi} ({arrivee})"
        for qui, quoi, depart, arrivee, nom in ecarts
        if (qui, nom) not in PERMIS
    ] == []


def test_every_module_has_its_room():
    assert [module for module in modules() if piece(module) is None] == []


def test_every_room_of_the_list_exists():
    pieces = {piece(module) for module in modules()}
    assert set(fleches.ETAGE) - pieces == set()


def test_imports_point_down():
    refuser(du_code(imports_de_travers))


def test_templates_point_down():
    refuser(des_gabarits(gabarits_de_travers))


def test_modules_name_templates_and_addresses_of_their_room_or_below():
    refuser(du_code(gabarits_nommes_de_travers))
    refuser(du_code(adresses_de_travers))


def test_reverse_relations_are_read_from_above():
    refuser(du_code(relations_de_travers))
    refuser(des_gabarits(relations_de_travers_du_gabarit))


def test_no_exception_outlives_its_reason():
    trouves = de_travers()
    assert set(PERMIS) - {(qui, nom) for qui, _, _, _, nom in trouves} == set()


@pytest.mark.parametrize(
    ("recherche", "qui", "texte", "nom"),
    [
        (
            imports_de_travers,
            "territoires.carte.views",
            "def f():\n    from programme.fiches import models",
            "programme.fiches.models",
        ),
        (
            imports_de_travers,
            "territoires.portraits.views",
            "from ..preparation import brouillons",
            "territoires.preparation.brouillons",
        ),
        (
            gabarits_nommes_de_travers,
            "programme.fiches.views",
            "vue(template_name='evenements/_annonces.html')",
            "evenements/_annonces.html",
        ),
        (
            gabarits_de_travers,
            "programme/fiches/fiche.html",
            "{% include 'evenements/_annonces.html' with annonces=fiche %}",
            "evenements/_annonces.html",
        ),
        (
            gabarits_de_travers,
            "territoires/portraits/territoire.html",
            "{% load static programme_tags %}",
            "programme_tags",
        ),
        (
            gabarits_de_travers,
            "admin/territoires/editioncarte/change_form.html",
            "{% url 'admin:programme_seance_changelist' %}",
            "admin:programme_seance_changelist",
        ),
        (gabarits_de_travers, "territoires/carte/carte.html", "{% url 'fiches' %}", "fiches"),
        (adresses_de_travers, "territoires.carte.views", "redirect('fiche', 'x')", "fiche"),
        (relations_de_travers, "territoires.carte.views", "territoire.fiches.all()", "fiches"),
        (relations_de_travers, "territoires.carte.views", "f(regions__comite=1)", "comite"),
        (
            relations_de_travers,
            "territoires.carte.views",
            "q.order_by('contrats__pk')",
            "contrats",
        ),
        (relations_de_travers, "territoires.carte.views", "q.select_related('comite')", "comite"),
        (relations_de_travers, "territoires.carte.views", "q.filter(contrats=None)", "contrats"),
        (relations_de_travers, "territoires.carte.views", "getattr(e, 'annonces')", "annonces"),
        (
            relations_de_travers_du_gabarit,
            "territoires/carte/carte.html",
            "{% for a in edition.annonces.all|slice:'.x' %}",
            "annonces",
        ),
    ],
)
def test_an_arrow_that_points_up_is_seen(recherche, qui, texte, nom):
    objet = texte if "/" in qui else ast.parse(texte)
    assert {trouve[-1] for trouve in recherche(qui, objet)} == {nom}


@pytest.mark.parametrize("rang", range(len(APPS) - 1))
def test_no_text_names_an_app_above(rang):
    """Permissions, labels of models, names of urls, folders."""
    au_dessus = "|".join(APPS[rang + 1 :])
    # The dress, that nothing of the house is in, is the ground of all.
    mot = re.compile(rf"""\b(?!config\.habillage\b)({au_dessus})[._:/]\w|["']({au_dessus})["']""")
    ecrits = {nom: texte for nom, texte in gabarits().items() if APPS[rang] in nom.split("/")}
    for nom in fleches.fichiers(f"{APPS[rang]}/*.py"):
        ecrits[nom] = (fleches.RACINE / nom).read_text(encoding="utf-8")
    assert [
        (nom, trouve[0]) for nom, texte in ecrits.items() if (trouve := mot.search(texte))
    ] == []


def test_every_declared_encart_has_a_place_on_a_page():
    from territoires import encarts

    places = set(re.findall(r"""{% encarts ["']([^"']+)""", "\n".join(gabarits().values())))
    places.add("edition")  # the map asks for it in Python, with its compiled queries
    assert set(encarts._encarts) == places
