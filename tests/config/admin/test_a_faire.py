"""The home page is a to-do list by role, and its cost does not grow with the rows."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from programme.fiches import parcours
from tests import factories as f


def groupes(page):
    return {groupe.attente.cle: groupe for groupe in page.context["a_faire"]}


def test_a_draft_of_another_territoire_is_not_listed(pays, entrer):
    page = entrer(pays["agents"]["intercommunalité"]).get(reverse("admin:index"))
    assert [ligne.texte for ligne in groupes(page)["brouillons"].lignes] == ["Fiche ici"]


def test_demo_logins_only_show_in_the_demonstration(client, db, settings):
    adresse = reverse("account_login")
    assert "cc-lacq-orthez" not in client.get(adresse).content.decode()
    settings.DEMO = True
    assert "cc-lacq-orthez" not in client.get(adresse).content.decode()  # nobody of that name
    f.AgentFactory(username="cc-lacq-orthez")
    assert "cc-lacq-orthez" in client.get(adresse).content.decode()


def test_each_count_of_missing_data_leads_to_as_many_rows(pays, entrer):
    edition = pays["ici"]["territoire"].perimetre_courant.edition
    region = f.RegionFactory()
    for roles in (["elu"], ["elu", "industriel"]):
        territoire = f.territoire_publie(region, edition=edition)
        for role in roles:
            f.MandatFactory(territoire=territoire, role=role)
    f.TerritoireFactory()  # on no map: nobody is waited for
    f.EngagementFactory()
    f.ConventionFactory()
    f.EditionCarteFactory(code="2030-01", date=datetime.date(2030, 1, 1), composition_connue=False)
    client = entrer(pays["agents"]["délégation"])
    manques = client.get(reverse("admin:index")).context["manques"]
    comptes = [
        (manque.nombre, client.get(manque.adresse).context["cl"].result_count) for manque in manques
    ]
    assert comptes == [(3, 3), (1, 1), (1, 1)]


@pytest.mark.parametrize("genre", ["intercommunalité", "région", "sans périmètre"])
def test_only_who_may_fill_it_is_told_of_missing_data(genre, pays, entrer):
    assert entrer(pays["agents"][genre]).get(reverse("admin:index")).context["manques"] == []


@pytest.mark.parametrize(
    "genre, cout", [("intercommunalité", 6), ("région", 13), ("délégation", 10)]
)
def test_home_costs_the_same_with_more_rows(genre, cout, pays, entrer, django_assert_num_queries):
    client, ici = entrer(pays["agents"][genre]), pays["ici"]
    f.ObstacleFactory(fiche=f.FicheActionFactory(territoire=ici["territoire"]))
    for annee in (2097, 2098, 2099):
        for jour in (1, 2):
            fiche = f.fiche_complete(ici["territoire"])
            parcours.transmettre(fiche, agent=pays["agents"]["délégation"])
            f.FicheActionFactory(territoire=ici["territoire"])
            f.ObstacleFactory(fiche=fiche)
            f.ConventionFactory(publiee=False)
            date = datetime.date(annee, 1, jour)
            f.SeanceFactory(comite=ici["comitedepilotage"], date=date)
        with django_assert_num_queries(cout):
            client.get(reverse("admin:index"))


@pytest.mark.parametrize("genre", ["intercommunalité", "région", "délégation"])
def test_the_page_shows_what_waits_and_nothing_else(genre, pays, entrer):
    f.ConventionFactory(publiee=False)
    page = entrer(pays["agents"][genre]).get(reverse("admin:index"))
    html = BeautifulSoup(page.content, "html.parser")
    attendus = [f"{g.titre} ({g.nombre})" for g in page.context["a_faire"]]
    assert attendus
    assert [" ".join(h2.text.split()) for h2 in html.select("section h2")] == attendus
    boutons = [a["href"] for a in html.select(".a-faire a.button")]
    assert boutons == [li.adresse for g in page.context["a_faire"] for li in g.lignes]
    assert html.select_one("#content-main > p > a.button").text.strip() == "Nouvelle fiche action"


def test_it_says_since_when_and_how_many_days(pays, entrer):
    convention = f.ConventionFactory(publiee=False, signee_le=datetime.date(2024, 5, 6))
    client = entrer(pays["agents"]["délégation"])
    page = BeautifulSoup(client.get(reverse("admin:index")).content, "html.parser")
    ligne = page.select_one("[aria-labelledby=conventions] li")
    jours = (datetime.date.today() - convention.signee_le).days
    dit = " ".join(ligne.select_one(".a-faire-depuis").text.split())
    assert dit == f"Depuis le 6 mai 2024 ({jours:_} jours)".replace("_", "\u202f")


def test_beyond_what_the_home_shows_the_list_has_them_all(pays, entrer):
    for _ in range(12):
        f.ConventionFactory(publiee=False)
    client = entrer(pays["agents"]["délégation"])
    accueil = client.get(reverse("admin:index"))
    groupe = groupes(accueil)["conventions"]
    assert len(groupe.lignes) < groupe.nombre == 12
    assert f'href="{groupe.adresse}"' in accueil.content.decode()
    assert len(client.get(groupe.adresse).context["lignes"]) == 12


def test_a_day_without_anything_to_do_says_so(entrer, db):
    agent, _ = f.agents_de(f.territoire_publie("75"))
    page = entrer(agent).get(reverse("admin:index")).content.decode()
    assert "Rien ne vous attend aujourd’hui." in page


def test_without_a_perimeter_one_is_told_whom_to_ask(pays, entrer):
    page = entrer(pays["agents"]["sans périmètre"]).get(reverse("admin:index"))
    assert page.context["a_faire"] == []
    assert "Demandez à la délégation" in page.content.decode()
