"""Filters that a person keeps: remembered from one visit to the next, saved under a name."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from territoires.listes.memoire import AU_PLUS
from territoires.listes.models import FiltreEnregistre
from tests import factories as f

pytestmark = pytest.mark.django_db
LISTE, FILTRES = "/admin/territoires/territoire/", "/admin/filtres/"


@pytest.fixture(autouse=True)
def territoires(db):
    region = f.RegionFactory()
    return [f.TerritoireFactory(region_pilote=r, nom=f"T {r}") for r in (region, None)]


def choisir(client, *valeurs, **autres):
    return client.get(LISTE, {"_f": valeurs, **autres}, follow=True)


def demande(page):
    return page.request["QUERY_STRING"]


def enregistrer(client, requete, nom="À relire", liste="territoires.territoire"):
    envoi = {"enregistrer": "", "liste": liste, "requete": requete, "nom": nom}
    return client.post(FILTRES, envoi, follow=True)


def dits(page):
    return " ".join(str(message) for message in page.context["messages"])


def test_what_was_chosen_on_the_page_comes_back_until_it_is_taken_away(delegation, client):
    assert demande(choisir(client, "binome=elu", "", o="1")) == "o=1&binome=elu"
    revenue = client.get(LISTE, follow=True)
    assert demande(revenue) == "o=1&binome=elu"
    assert "Filtres gardés de la dernière fois" in dits(revenue)
    (retirer,) = BeautifulSoup(dits(revenue), "html.parser").select("a")
    assert retirer["href"] == "?_f="
    client.logout()
    client.force_login(delegation)
    assert demande(client.get(LISTE, follow=True)) == "o=1&binome=elu"
    assert demande(choisir(client, "")) == ""
    assert demande(client.get(LISTE, follow=True)) == ""


def test_an_address_that_was_followed_and_a_search_are_not_remembered(delegation, client):
    client.get(LISTE, {"binome": "elu"})
    assert client.get(LISTE).status_code == 200
    assert demande(choisir(client, "binome=elu", q="lacq")) == "q=lacq&binome=elu"
    assert demande(client.get(LISTE, follow=True)) == "binome=elu"


def test_each_person_and_each_list_has_its_own(delegation, client):
    choisir(client, "binome=elu")
    assert client.get("/admin/territoires/region/").status_code == 200
    client.force_login(f.agent_delegation())
    assert client.get(LISTE).status_code == 200


def test_a_filter_is_saved_opened_renamed_and_deleted(delegation, client):
    page = enregistrer(client, "binome=elu&q=lacq&o=-1&p=3")
    assert "est enregistré" in dits(page)
    requete = FiltreEnregistre.objects.get().requete
    assert sorted(requete.split("&")) == ["_tri=-nom", "binome=elu", "q=lacq"]
    lien = BeautifulSoup(page.content, "html.parser").find("a", string="À relire")
    ouverte = client.get(LISTE + lien["href"], follow=True)
    assert sorted(demande(ouverte).split("&")) == ["binome=elu", "o=-1", "q=lacq"]
    (filtre,) = FiltreEnregistre.objects.exclude(nom="")
    envoi = {"filtre": filtre.pk, "renommer": "", "nom": "  Sans   élu "}
    assert "s’appelle «\u202fSans élu\u202f»" in dits(client.post(FILTRES, envoi, follow=True))
    assert "Sans élu" in client.get(FILTRES).content.decode()
    envoi = {"filtre": filtre.pk, "supprimer": ""}
    assert "est supprimé" in dits(client.post(FILTRES, envoi, follow=True))
    assert not FiltreEnregistre.objects.exclude(nom="")


def test_the_same_name_again_replaces_it(delegation, client):
    enregistrer(client, "binome=elu")
    assert "est remplacé" in dits(enregistrer(client, "carte=jamais"))
    assert FiltreEnregistre.objects.get().requete == "carte=jamais"


@pytest.mark.parametrize(
    "requete",
    [
        "",
        "p=2",
        "_popup=1",
        "e=1",
        "https://ailleurs.invalid/?x=1",
        "fiches__titre__startswith=F",
        "carte=nulle-part",
        "o=99",
        "binome=%00",
        "_filtre=1&_f=https://ailleurs.invalid",
    ],
)
def test_nothing_foreign_goes_in(requete, delegation, client):
    page = enregistrer(client, requete)
    assert "Rien n’est enregistré" in dits(page)
    assert not FiltreEnregistre.objects.exists()


@pytest.mark.parametrize("nom", ["", "  ", "x" * 81])
def test_a_name_is_asked_and_short(nom, delegation, client):
    assert "Rien n’est enregistré" in dits(enregistrer(client, "binome=elu", nom))
    assert not FiltreEnregistre.objects.exists()


def test_so_many_are_kept_and_not_one_more(delegation, client):
    for rang in range(AU_PLUS):
        f.FiltreEnregistreFactory(agent=delegation, liste="territoires.territoire", nom=f"n{rang}")
    assert "supprimez-en un" in dits(enregistrer(client, "binome=elu"))
    assert FiltreEnregistre.objects.count() == AU_PLUS


def test_what_no_longer_stands_is_left_out_and_told(territoires, delegation, client):
    requete = "binome=elu&colonne_partie__exact=1&region_pilote__code__exact=ZZ&_tri=partie"
    filtre = f.FiltreEnregistreFactory(
        agent=delegation, liste="territoires.territoire", nom="Vieux", requete=requete
    )
    page = client.get(LISTE, {"_filtre": filtre.pk}, follow=True)
    assert demande(page) == "binome=elu"
    for mot in ("Vieux", "ne s’applique plus", "tri", "colonne_partie__exact", "région pilote"):
        assert mot in dits(page), mot


def test_a_last_choice_that_no_longer_stands_gives_the_list(delegation, client):
    f.FiltreEnregistreFactory(
        agent=delegation, liste="territoires.territoire", nom="", requete="partie__exact=1"
    )
    assert client.get(LISTE).status_code == 200
    assert FiltreEnregistre.objects.get().requete == ""


def test_those_of_another_are_out_of_reach(delegation, client):
    autre = f.FiltreEnregistreFactory(liste="territoires.territoire", nom="Secret")
    page = client.get(LISTE, {"_filtre": autre.pk}, follow=True)
    assert "n’existe plus" in dits(page) and "Secret" not in page.content.decode()
    assert "Secret" not in client.get(FILTRES).content.decode()
    for geste in ("renommer", "supprimer"):
        envoi = {"filtre": autre.pk, geste: "", "nom": "Pris"}
        assert client.post(FILTRES, envoi).status_code == 404
    autre.refresh_from_db()
    assert autre.nom == "Secret"


@pytest.mark.parametrize("cle", ["", "x", "-1", "9" * 30, "1'"])
def test_a_key_that_is_none_is_not_found(cle, delegation, client):
    assert client.post(FILTRES, {"filtre": cle, "supprimer": ""}).status_code == 404
    assert client.get(LISTE, {"_filtre": cle}, follow=True).status_code == 200


def test_a_list_that_one_may_not_read_keeps_nothing(pays, entrer):
    client = entrer(pays["agents"]["intercommunalité"])
    envoi = {"enregistrer": "", "liste": "echanges.import", "requete": "etat__exact=ecrit"}
    assert client.post(FILTRES, envoi | {"nom": "Essai"}).status_code == 404
    for inconnue in ("", "auth.user", "territoires.trace"):
        assert client.post(FILTRES, envoi | {"liste": inconnue}).status_code == 404
    assert not FiltreEnregistre.objects.exists()


def test_nobody_without_a_session_keeps_anything(client):
    assert "/login/" in client.get(FILTRES)["Location"]
    assert client.post(FILTRES, {"enregistrer": ""}).status_code == 403


def test_the_page_costs_the_same_with_three(delegation, client, django_assert_num_queries):
    for rangs in (1, 2):
        for _ in range(rangs):
            f.FiltreEnregistreFactory(agent=delegation)
        with django_assert_num_queries(3):
            assert client.get(reverse("admin:filtres")).status_code == 200
