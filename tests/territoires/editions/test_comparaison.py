"""What moved between two editions, told from their communes and never from their codes."""

import datetime

import pytest

from territoires.editions.comparaison import Comparaison
from tests.factories.agents import agent_delegation
from tests.factories.carte import (
    EditionCarteFactory,
    FiliationFactory,
    PerimetreFactory,
    TerritoireFactory,
)
from tests.factories.geographie import CommuneFactory, IntercommunaliteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editions():
    return (
        EditionCarteFactory(date=datetime.date(2020, 10, 1)),
        EditionCarteFactory(date=datetime.date(2023, 11, 9)),
    )


def bourg(population=1000, **champs):
    return CommuneFactory(population=population, **champs)


def perimetre(edition, nom, *membres, code=None):
    territoire = TerritoireFactory(nom=nom)
    options = {"code": code} if code else {}
    return PerimetreFactory(edition=edition, territoire=territoire, membres=membres, **options)


def mouvements(editions):
    return [(str(ligne.libelle), ligne.noms) for ligne in Comparaison(*editions).lignes]


def test_same_communes_and_name_is_unchanged_whatever_the_code(editions):
    ville = bourg()
    perimetre(editions[0], "Val", ville, code="8401")
    perimetre(editions[1], "Val", ville, code="ti-2701")
    assert mouvements(editions) == [("inchangé", "Val")]


def test_same_code_for_another_place_is_no_tie(editions):
    perimetre(editions[0], "Amont", bourg(), code="8401")
    perimetre(editions[1], "Aval", bourg(), code="8401")
    assert mouvements(editions) == [("sorti", "Amont"), ("entré", "Aval")]


@pytest.mark.parametrize(
    ("avant", "apres", "attendu"),
    [("ab", "abc", "agrandi"), ("abc", "ab", "réduit"), ("abc", "abd", "agrandi et réduit")],
)
def test_members_that_come_and_go(editions, avant, apres, attendu):
    villes = {lettre: bourg(nom=lettre) for lettre in "abcd"}
    perimetre(editions[0], "Val", *(villes[v] for v in avant))
    perimetre(editions[1], "Val", *(villes[v] for v in apres))
    (ligne,) = Comparaison(*editions).lignes
    assert ligne.libelle == attendu
    assert ligne.entrees == sorted(villes[v].pk for v in set(apres) - set(avant))
    assert ligne.sorties == sorted(villes[v].pk for v in set(avant) - set(apres))


def test_renamed_merged_and_split(editions):
    a, b, c, d, e = (bourg() for _ in range(5))
    perimetre(editions[0], "Ancien nom", a)
    perimetre(editions[1], "Nouveau nom", a)
    perimetre(editions[0], "Moitié 1", b)
    perimetre(editions[0], "Moitié 2", c)
    perimetre(editions[1], "Réunion", b, c)
    perimetre(editions[0], "Grand", d, e)
    perimetre(editions[1], "Part 1", d)
    perimetre(editions[1], "Part 2", e)
    assert mouvements(editions) == [
        ("renommé", "Nouveau nom"),
        ("scindé", "Part 1, Part 2"),
        ("fusionné", "Réunion"),
    ]


def decidee(ancien, nouveau, confirmer):
    filiation = FiliationFactory(ancien=ancien, nouveau=nouveau)
    filiation.decider(agent_delegation(), confirmer=confirmer)
    filiation.save()


def test_what_a_person_confirmed_and_refused_wins_over_what_the_inhabitants_suggest(editions):
    ville, village = bourg(population=9000), bourg(population=10)
    ancien = perimetre(editions[0], "Val", ville)
    semblable = perimetre(editions[1], "Semblable", ville)
    decidee(ancien, perimetre(editions[1], "Suite", village), True)
    (ligne,) = Comparaison(*editions).lignes
    assert (ligne.libelle, ligne.confirmee) == ("scindé", False)
    decidee(ancien, semblable, False)
    assert mouvements(editions) == [("entré", "Semblable"), ("agrandi et réduit", "Suite")]
    assert [ligne.confirmee for ligne in Comparaison(*editions).lignes] == [False, True]


def test_confirming_one_half_of_a_merger_keeps_the_other_half_proposed(editions):
    a, b = bourg(), bourg()
    moities = [perimetre(editions[0], "Amont", a), perimetre(editions[0], "Aval", b)]
    reunion = perimetre(editions[1], "Réunion", a, b)
    decidee(moities[0], reunion, True)
    (ligne,) = Comparaison(*editions).lignes
    assert (ligne.libelle, ligne.confirmee) == ("fusionné", False)
    decidee(moities[1], reunion, True)
    (ligne,) = Comparaison(*editions).lignes
    assert (ligne.libelle, ligne.confirmee) == ("fusionné", True)


def test_an_entered_tie_without_a_decision_is_shown_as_proposed(editions):
    ancien, nouveau = (
        perimetre(editions[0], "Val", bourg()),
        perimetre(editions[1], "Mont", bourg()),
    )
    FiliationFactory(ancien=ancien, nouveau=nouveau)
    (ligne,) = Comparaison(*editions).lignes
    assert (ligne.libelle, ligne.confirmee) == ("agrandi et réduit", False)


def test_a_dissolved_member_stands_for_the_communes_of_its_successors(editions):
    suite = IntercommunaliteFactory()
    bourg(intercommunalite=suite)
    dissoute = IntercommunaliteFactory(dissoute_le=datetime.date(2022, 1, 1))
    dissoute.successeurs.add(suite)
    perimetre(editions[0], "Hauts", dissoute)
    perimetre(editions[1], "Hauts", suite)
    assert mouvements(editions) == [("inchangé", "Hauts")]


def test_a_dissolved_member_of_both_editions_is_read_in_each(editions):
    suite = IntercommunaliteFactory()
    bourg(intercommunalite=suite)
    dissoute = IntercommunaliteFactory(dissoute_le=datetime.date(2022, 1, 1))
    dissoute.successeurs.add(suite)
    for edition in editions:
        perimetre(edition, "Hauts", dissoute)
    assert mouvements(editions) == [("inchangé", "Hauts")]


@pytest.mark.parametrize("combien", [1, 3])
def test_cost_does_not_grow_with_the_map(editions, combien, django_assert_num_queries):
    for rang in range(combien):
        perimetre(editions[0], f"Val {rang}", bourg())
        perimetre(editions[1], f"Val {rang}", bourg())
    with django_assert_num_queries(11):
        assert len(Comparaison(*editions).lignes) == 2 * combien
