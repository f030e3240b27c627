"""The public page of a fiche: what, where, how much and where it stands, before anything else."""

import pytest
from bs4 import BeautifulSoup

from tests import factories as f
from tests.programme.test_fuites import valider

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    fiche = f.fiche_complete(cout_total=1000, contexte="Le contexte de l’action.")
    fiche.financements.all().delete()
    f.FinancementFactory(fiche=fiche, financeur="A", statut="acquis", montant=600)
    f.FinancementFactory(fiche=fiche, financeur="B", statut="demande", montant=100)
    publique = valider(fiche, f.agent_delegation())
    return BeautifulSoup(client.get(publique.get_absolute_url()).content, "html.parser"), publique


def mots(balise):
    return " ".join(balise.get_text(" ", strip=True).split())


def test_what_where_how_much_and_where_it_stands_come_before_the_texts(page):
    lue, fiche = page
    avant = mots(lue.main).split("Le contexte de l’action.")[0]
    for dit in (fiche.titre, "validée", fiche.territoire.nom, "1 000 €", "Financement acquis 60 %"):
        assert dit in avant
    assert lue.select_one(f'.fiche-tete a[href="{fiche.territoire.get_absolute_url()}"]')


def test_the_way_up_is_steps_of_which_one_is_under_way(page):
    lue, _ = page
    pas = lue.select("section[aria-labelledby=parcours] ol.chemin > li")
    assert [bool(li.get("aria-current")) for li in pas] == [False, False, True]
    assert lue.select_one("ol.chemin").sourceline < lue.select_one(".fiche-corps").sourceline


def test_the_plan_is_a_bar_above_its_table(page):
    lue, _ = page
    barre = lue.select_one("#plan ~ .argent svg.bande")
    assert [float(part["width"]) for part in barre.select("rect")] == [600, 100, 300]
    assert barre.find_next("table").caption.text.startswith("Plan de financement")


def test_its_life_is_told_day_by_day_after_what_it_is(page):
    lue, _ = page
    dates = [time["datetime"] for time in lue.select("#vie + ol time")]
    assert len(dates) >= 3
    assert dates == sorted(dates)
