"""A list answers about what its filters offer, and about no other column."""

import pytest
from django.contrib import admin
from django.db import models

from tests import factories as f
from tests.config.admin.test_matrice import MODELES

pytestmark = pytest.mark.django_db


def questions(modele):
    """(lookup, value) about each column of a row and of the rows it points to."""
    for champ in modele._meta.concrete_fields:
        texte = isinstance(champ, models.CharField | models.TextField)
        yield f"{champ.name}__startswith" if texte else f"{champ.name}__gt", "1"
        yield champ.name, "1"
        if champ.is_relation:
            for autre in champ.related_model._meta.concrete_fields:
                if not autre.primary_key:
                    yield f"{champ.name}__{autre.name}__gt", "1"
    for relation in modele._meta.related_objects:
        yield f"{relation.name}__pk__gt", "1"


def declares(page, request):
    for filtre in page.get_list_filter(request):
        filtre = filtre[0] if isinstance(filtre, list | tuple) else filtre
        yield filtre if isinstance(filtre, str) else filtre.parameter_name


@pytest.mark.parametrize("nom", [nom for nom in MODELES if nom != "dsfrconfig"])
def test_no_column_is_asked_about_that_no_filter_offers(nom, rf, pays):
    page = admin.site._registry[MODELES[nom]]
    for genre in ("intercommunalité", "délégation"):
        request = rf.get("/")
        request.user = pays["agents"][genre]
        offerts = {*declares(page, request), page.date_hierarchy}
        for question, valeur in questions(MODELES[nom]):
            if page.lookup_allowed(question, valeur, request):
                assert any(
                    question == offert or question.startswith(f"{offert}__")
                    for offert in offerts
                    if offert
                ), (genre, question)


def test_a_user_name_is_neither_filtered_nor_searched_by_who_does_not_read_it(pays, entrer):
    adresse = "/admin/territoires/agent/"
    cible = f.AgentFactory(username="nom-secret", email="autre@exemple.invalid")
    for genre, trouves in [("intercommunalité", []), ("délégation", [cible])]:
        client = entrer(pays["agents"][genre])
        entiere = list(client.get(adresse).context["cl"].queryset)
        for question in ("username__startswith", "password__startswith"):
            page = client.get(adresse, {question: "zzz"}, follow=True)
            assert list(page.context["cl"].queryset) == entiere
        assert list(client.get(adresse, {"q": "nom-secret"}).context["cl"].queryset) == trouves
