"""The home page is a to-do list by role, and its cost does not grow with the rows."""

import pytest
from django.urls import reverse

GENRES = ["intercommunalité", "région", "délégation", "sans périmètre"]


def titres(page):
    return [titre for titre, _ in page.context["a_faire"]]


@pytest.mark.parametrize("genre", GENRES)
def test_each_role_has_its_list(genre, pays, entrer):
    page = entrer(pays["agents"][genre]).get(reverse("admin:index"))
    assert page.status_code == 200
    attendus = {
        "intercommunalité": [
            "Fiches revenues du comité",
            "Brouillons à terminer",
            "Fiches au comité",
        ],
        "région": ["Fiches à instruire", "Prochaines séances", "Territoires sans contrat"],
        "délégation": ["Fiches actions par état", "Données manquantes", "Derniers imports"],
        "sans périmètre": [],
    }
    assert titres(page) == attendus[genre]


def test_a_draft_of_another_territoire_is_not_listed(pays, entrer):
    page = entrer(pays["agents"]["intercommunalité"]).get(reverse("admin:index"))
    brouillons = dict(page.context["a_faire"])["Brouillons à terminer"]
    assert [ligne.texte for ligne in brouillons] == ["Fiche ici"]


def test_demo_logins_only_show_in_the_demonstration(client, db, settings):
    adresse = reverse("admin:login")
    assert "cc-lacq-orthez" not in client.get(adresse).content.decode()
    settings.DEMO = True
    assert "cc-lacq-orthez" in client.get(adresse).content.decode()
