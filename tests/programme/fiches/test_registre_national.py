"""The national register: grouped by the délégation, published without names."""

import copy

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from programme.fiches.models import ObstacleNational
from programme.fiches.obstacles import grouper
from tests import factories as f
from tests.echanges.imports.outils import une_fiche_decidee
from tests.monde import une_fois

pytestmark = pytest.mark.django_db
LISTE = "admin:programme_obstacle_changelist"


def _deux_obstacles():
    return [f.ObstacleFactory(fiche=une_fiche_decidee(), emplois=n) for n in (30, 12)]


_obstacles_du_module = une_fois(_deux_obstacles)


@pytest.fixture
def obstacles(_obstacles_du_module, db):
    """Two of the same rule, of two territoires."""
    return copy.deepcopy(_obstacles_du_module)


def agir(client, action, obstacles, **suite):
    donnees = {"action": action, "_selected_action": [o.pk for o in obstacles], **suite}
    return client.post(reverse(LISTE), donnees)


def entrees(obstacles):
    for obstacle in obstacles:
        obstacle.refresh_from_db()
    return [obstacle.nationale for obstacle in obstacles]


def test_several_are_grouped_into_a_new_entry_then_into_that_one(obstacles, client, delegation):
    premier, second = obstacles
    page = agir(client, "rattacher", [premier])
    assert premier.fiche.territoire.nom in page.content.decode()
    assert (
        agir(client, "rattacher", [premier], confirme="oui", regle="Deux dossiers").status_code
        == 302
    )
    entree = ObstacleNational.objects.get()
    assert str(entree) == "Deux dossiers"
    assert not entree.publiee_le
    agir(client, "rattacher", [second], confirme="oui", entree=entree.pk)
    assert entrees(obstacles) == [entree, entree]
    liste = client.get(reverse(LISTE), {"nationale__id__exact": entree.pk})
    assert set(liste.context["cl"].queryset) == set(obstacles)
    agir(client, "detacher", [second])
    assert entrees(obstacles) == [entree, entree]
    agir(client, "detacher", [second], confirme="oui")
    assert entrees(obstacles) == [entree, None]
    hors = client.get(reverse(LISTE), {"registre": "hors"})
    assert list(hors.context["cl"].queryset) == [second]
    assert [t.history_user for t in second.history.all()[:2]] == [delegation] * 2


@pytest.mark.parametrize("suite", [{}, {"entree": "x"}, {"entree": "7777"}, {"regle": "é" * 301}])
def test_without_an_entry_or_with_a_wrong_one_nothing_moves(suite, obstacles, client, delegation):
    page = agir(client, "rattacher", obstacles, confirme="oui", **suite)
    assert "Choisissez une entrée" in page.content.decode()
    assert entrees(obstacles) == [None, None]


def test_only_the_delegation_groups_and_writes_the_register(obstacles, client):
    for agent in f.agents_de(obstacles[0].fiche.territoire):
        client.force_login(agent)
        assert [o.pk for o in client.get(reverse(LISTE)).context["cl"].queryset] == [
            obstacles[0].pk
        ]
        agir(client, "rattacher", obstacles, confirme="oui", regle="De moi")
        assert client.get(reverse("admin:programme_obstaclenational_add")).status_code == 403
        with pytest.raises(PermissionDenied):
            grouper(obstacles, None, agent=agent)
    assert not ObstacleNational.objects.exists()


def test_agents_read_the_published_entries_only(client):
    publie, brouillon = f.obstacle_national_publie(), f.ObstacleNationalFactory()
    client.force_login(f.agent_region())
    liste = client.get(reverse("admin:programme_obstaclenational_changelist"))
    assert list(liste.context["cl"].queryset) == [publie]
    adresse = reverse("admin:programme_obstaclenational_change", args=[brouillon.pk])
    assert client.get(adresse).status_code == 302


def publier(client, entree, action="publier"):
    adresse = reverse("admin:programme_obstaclenational_changelist")
    choix = {"action": action, "_selected_action": [entree.pk], "confirme": "oui"}
    assert client.post(adresse, choix).status_code == 302


def test_the_public_page_counts_and_names_nobody(obstacles, client, delegation):
    entree = f.ObstacleNationalFactory(reponse="Un dossier unique en 2027.")
    brouillon = f.ObstacleFactory(fiche=f.fiche_complete(), emplois=5000)
    leve = f.ObstacleFactory(fiche=obstacles[0].fiche, emplois=700, leve_le="2024-06-01")
    grouper([*obstacles, brouillon, leve], entree, agent=delegation)
    client.logout()
    page = reverse("registre-obstacles")
    assert entree.regle not in client.get(page).content.decode()
    client.force_login(delegation)
    publier(client, entree)
    client.logout()
    (dite,) = client.get(page).context["page_obj"]
    # Of public fiches alone; what is lifted holds nothing back, and is still where it was met.
    assert (dite.nombre_territoires, dite.emplois_retenus, dite.montant_retenu) == (2, 42, None)
    texte = client.get(page).content.decode()
    assert "Un dossier unique en 2027." in texte
    for obstacle in (*obstacles, brouillon):
        fiche = obstacle.fiche
        for nom in (fiche.titre, fiche.reference, fiche.territoire.nom, obstacle.regle):
            assert nom not in texte
    assert str(delegation) not in texte


def test_an_entry_is_published_and_taken_back_by_name_in_its_history(client, delegation):
    entree = f.ObstacleNationalFactory()
    for action, public in (("publier", True), ("retirer", False)):
        publier(client, entree, action)
        assert ObstacleNational.objects.du_public().exists() is public
        assert entree.history.first().history_user == delegation
        assert (entree.history.first().publiee_le is not None) is public


def test_an_entry_that_holds_obstacles_is_not_deleted(obstacles, client, delegation):
    entree = f.ObstacleNationalFactory()
    grouper(obstacles, entree, agent=delegation)
    adresse = reverse("admin:programme_obstaclenational_delete", args=[entree.pk])
    client.post(adresse, {"post": "yes"})
    assert entrees(obstacles) == [entree, entree]


def test_the_register_is_reached_from_public_pages_and_the_site_map(client):
    page = reverse("registre-obstacles")
    assert f'href="{page}"' in client.get(reverse("fiches")).content.decode()
    plan = client.get(reverse("plan-du-site-section", args=["pages"])).content.decode()
    assert page in plan


@pytest.mark.parametrize("nombre", [1, 3])
def test_the_register_costs_the_same_with_more_rows(nombre, client, django_assert_num_queries):
    for _ in range(nombre):
        f.ObstacleFactory(nationale=f.obstacle_national_publie())
    with django_assert_num_queries(2):
        client.get(reverse("registre-obstacles"))


def test_it_is_searched_and_filtered(client):
    un = f.obstacle_national_publie(regle="Étude d’impact", etat="leve")
    f.obstacle_national_publie(regle="Fouilles")
    page = reverse("registre-obstacles")
    for demande in ({"texte": "etude"}, {"etat": "leve"}):
        reponse = client.get(page, demande)
        assert list(reponse.context["page_obj"]) == [un]
        assert reponse.context["paginator"].count == 1
