"""Fiches that resemble one: public ones, by words, axe and cost; whom to ask, as far as allowed."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from programme.fiches import parcours
from programme.fiches.models import FicheAction
from programme.fiches.semblables import semblables
from territoires.recherche.indexation import mettre_a_jour
from tests import factories as f
from tests.programme.test_fuites import SECRETS, valider

pytestmark = pytest.mark.django_db

CHALEUR = {
    "objectifs": "Récupérer la chaleur perdue des fours pour chauffer le quartier.",
    "description": "Poser un échangeur sur les fours et un réseau de chaleur.",
    "contexte": "Les fours rejettent leur chaleur.",
    "resultats_attendus": "Du gaz épargné.",
}


@pytest.fixture
def delegation():
    return f.agent_delegation()


def publique(delegation, **champs):
    return valider(f.fiche_complete(**champs), delegation)


def de_chaleur(delegation, titre="Récupérer la chaleur des verreries", **champs):
    return publique(delegation, titre=titre, **CHALEUR | champs)


def titres(trouvees):
    return [semblable.fiche.titre for semblable in trouvees]


@pytest.fixture
def soudeurs(delegation):
    """Public fiches about something else."""
    noms = ("Former des soudeurs", "Loger des alternants soudeurs", "Ouvrir une école de soudure")
    return [publique(delegation, titre=nom) for nom in noms]


def test_it_is_found_by_what_it_speaks_of_whatever_the_form_of_the_words(delegation, soudeurs):
    de_chaleur(delegation)
    brouillon = f.fiche_complete(
        titre="La récupération de chaleurs fatales",
        objectifs="Chauffer les ateliers",
        description="Un réseau et des échangeurs",
        contexte="",
        resultats_attendus="",
    )
    assert titres(semblables(brouillon)) == ["Récupérer la chaleur des verreries"]


def test_nothing_is_proposed_by_chance(delegation, soudeurs):
    brouillon = f.fiche_complete(
        titre="Rouvrir la voie de fret",
        objectifs="Charger des trains",
        description="Refaire le raccordement ferroviaire",
        contexte="Les camions saturent le port",
        resultats_attendus="Des trains chaque jour",
    )
    assert semblables(brouillon) == []


def test_neither_itself_nor_what_is_not_public_is_proposed(delegation, soudeurs):
    fiche = de_chaleur(delegation)
    f.fiche_complete(titre="Récupérer la chaleur des aciéries", **CHALEUR)
    assert semblables(fiche) == []


def test_the_same_axe_and_a_near_cost_come_first(delegation):
    autre = f.AxeFactory(code="foncier")
    de_chaleur(
        delegation, "Récupérer la chaleur des fours à chaux", axe=autre, cout_total=9_000_000
    )
    de_chaleur(delegation, "Récupérer la chaleur des fours à pain")
    brouillon = f.fiche_complete(titre="Récupérer la chaleur des fours", **CHALEUR)
    proposees = semblables(brouillon)
    assert titres(proposees)[0] == "Récupérer la chaleur des fours à pain"
    assert [semblable.meme_axe for semblable in proposees] == [True, False]


def test_what_it_cost_and_how_long_it_took_are_those_of_the_bilan_once_done(delegation):
    prevue = de_chaleur(delegation)
    brouillon = f.fiche_complete(titre="Récupérer la chaleur des fours", **CHALEUR)
    (semblable,) = semblables(brouillon)
    assert (semblable.cout, semblable.mois, semblable.faite) == (1_200_000, 36, False)
    parcours.engager(prevue, agent=delegation)
    f.BilanFactory(fiche=prevue, cout_final=1_500_000)
    parcours.realiser(prevue, agent=delegation)
    fin = datetime.datetime(2025, 1, 1, 12, tzinfo=datetime.UTC)
    prevue.passages.filter(apres="realisee").update(le=fin)
    (semblable,) = semblables(brouillon)
    assert (semblable.cout, semblable.mois, semblable.faite) == (1_500_000, 12, True)


def test_the_public_page_names_the_maitre_d_ouvrage_and_no_contact(client, delegation):
    de_chaleur(delegation, **SECRETS)
    fiche = de_chaleur(delegation, "Récupérer la chaleur des aciéries")
    page = client.get(fiche.get_absolute_url()).content.decode()
    lue = BeautifulSoup(page, "html.parser")
    (carte,) = lue.select("section[aria-labelledby=semblables] .carte-fiche")
    assert carte.a.text == "Récupérer la chaleur des verreries"
    assert "CC du Val d’Essai" in carte.text and "36 mois" in carte.text
    assert not any(secret in page for secret in SECRETS.values())


def test_while_one_writes_contacts_are_given_for_one_s_own_fiches_alone(client, delegation):
    mien, autre = f.territoire_publie(), f.territoire_publie()
    de_chaleur(delegation, territoire=autre, contact_nom="Inconnue d’ailleurs")
    de_chaleur(
        delegation, "Récupérer la chaleur des aciéries", territoire=mien, contact_nom="Voisine"
    )
    agent, _ = f.agents_de(mien)
    brouillon = f.fiche_complete(mien, titre="Récupérer la chaleur des fours", **CHALEUR)
    mettre_a_jour()
    client.force_login(agent)
    page = client.get(reverse("admin:programme_ficheaction_change", args=[brouillon.pk]))
    lue = BeautifulSoup(page.content, "html.parser").select_one(".fiche-semblables")
    assert len(lue.select(".carte-fiche")) == 2
    assert "Voisine" in lue.text and "Inconnue" not in lue.text


@pytest.mark.parametrize("nombre", [1, 3])
def test_they_cost_the_same_for_one_and_three(delegation, nombre, django_assert_num_queries):
    for rang in range(nombre):
        de_chaleur(delegation, f"Récupérer la chaleur du four {rang}")
    brouillon = f.fiche_complete(titre="Récupérer la chaleur des fours", **CHALEUR)
    semblables(brouillon)
    with django_assert_num_queries(3):  # those near it are compared once, until the index changes
        assert len(semblables(FicheAction.objects.get(pk=brouillon.pk))) == nombre


def test_what_is_written_elsewhere_shows_at_the_next_reading(delegation, soudeurs):
    brouillon = f.fiche_complete(titre="Récupérer la chaleur des fours", **CHALEUR)
    assert semblables(brouillon) == []
    de_chaleur(delegation)
    assert titres(semblables(brouillon)) == ["Récupérer la chaleur des verreries"]
    FicheAction.objects.filter(titre="Récupérer la chaleur des verreries").update(
        titre="Rouvrir la voie de fret", **dict.fromkeys(CHALEUR, "Des trains chaque jour")
    )
    assert semblables(brouillon) == []
