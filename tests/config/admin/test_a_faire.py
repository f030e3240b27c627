"""The home page is a to-do list by role, and its cost does not grow with the rows."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from programme.fiches import parcours
from tests import factories as f

GENRES = ["intercommunalité", "région", "délégation", "sans périmètre"]


def titres(page):
    return [titre for titre, _ in page.context["a_faire"]]


@pytest.mark.parametrize("genre", GENRES)
def test_each_role_has_its_list(genre, pays, entrer):
    page = entrer(pays["agents"][genre]).get(reverse("admin:index"))
    assert page.status_code == 200
    attendus = {
        "intercommunalité": [
            "Modifications à terminer ou revenues du comité",
            "Bilans à dresser",
            "Fiches revenues du comité",
            "Brouillons à terminer",
            "Fiches au comité",
        ],
        "région": [
            "Fiches à instruire",
            "Modifications de fiches à instruire",
            "Bilans à dresser",
            "Séances à clore\u202f: leurs avis n’ont pas encore pris effet",
            "Prochaines séances",
            "Obstacles sans réponse",
            "Territoires sans contrat",
        ],
        "délégation": [
            "Fiches actions par état",
            "Obstacles sans réponse",
            "Engagements à suivre",
            "Courriels qui ne partent pas",
            "Données manquantes",
            "Derniers imports",
        ],
        "sans périmètre": [],
    }
    assert titres(page) == attendus[genre]


def test_a_draft_of_another_territoire_is_not_listed(pays, entrer):
    page = entrer(pays["agents"]["intercommunalité"]).get(reverse("admin:index"))
    brouillons = dict(page.context["a_faire"])["Brouillons à terminer"]
    assert [ligne.texte for ligne in brouillons] == ["Fiche ici"]


def test_demo_logins_only_show_in_the_demonstration(client, db, settings):
    adresse = reverse("account_login")
    assert "cc-lacq-orthez" not in client.get(adresse).content.decode()
    settings.DEMO = True
    assert "cc-lacq-orthez" in client.get(adresse).content.decode()


def test_each_count_of_missing_data_leads_to_as_many_rows(pays, entrer):
    edition = pays["ici"]["territoire"].perimetre_courant.edition
    region = f.RegionFactory()
    f.territoire_publie(region, edition=edition, elu_nom="Une élue", industriel_nom="")
    f.territoire_publie(region, edition=edition, elu_nom="Une élue", industriel_nom="Un autre")
    f.TerritoireFactory(elu_nom="")  # on no map: nobody is waited for
    f.EngagementFactory()
    f.ConventionFactory()
    f.EditionCarteFactory(code="2030-01", date=datetime.date(2030, 1, 1), composition_connue=False)
    client = entrer(pays["agents"]["délégation"])
    a_faire = dict(client.get(reverse("admin:index")).context["a_faire"])
    lignes = [*a_faire["Données manquantes"], *a_faire["Fiches actions par état"]]
    comptes = [
        (int(ligne.texte.split()[-1]), client.get(ligne.adresse).context["cl"].result_count)
        for ligne in lignes
    ]
    assert comptes == [(3, 3), (1, 1), (1, 1), (2, 2)]


@pytest.mark.parametrize(
    "genre, cout", [("intercommunalité", 8), ("région", 11), ("délégation", 13)]
)
def test_home_costs_the_same_with_more_rows(genre, cout, pays, entrer, django_assert_num_queries):
    client = entrer(pays["agents"][genre])
    for annee in (2098, 2099):
        with django_assert_num_queries(cout):
            client.get(reverse("admin:index"))
        for jour in (1, 2):
            fiche = f.fiche_complete(pays["ici"]["territoire"])
            parcours.transmettre(fiche, agent=pays["agents"]["délégation"])
            f.FicheActionFactory(territoire=pays["ici"]["territoire"])
            f.ConventionFactory()
            date = datetime.date(annee, 1, jour)
            f.SeanceFactory(comite=pays["ici"]["comitedepilotage"], date=date)


@pytest.mark.parametrize("genre", ["intercommunalité", "région", "délégation"])
def test_the_page_shows_what_waits_and_nothing_else(genre, pays, entrer):
    page = entrer(pays["agents"][genre]).get(reverse("admin:index"))
    html = BeautifulSoup(page.content, "html.parser")
    attendus = [titre for titre, lignes in page.context["a_faire"] if lignes]
    assert [h2.text for h2 in html.select("#content-main > section h2")] == attendus
    assert html.select_one("#content-main > p > a.button").text.strip() == "Nouvelle fiche action"


def test_a_day_without_anything_to_do_says_so(entrer, db):
    agent, _ = f.agents_de(f.territoire_publie("75"))
    page = entrer(agent).get(reverse("admin:index")).content.decode()
    assert "Rien ne vous attend aujourd’hui." in page
