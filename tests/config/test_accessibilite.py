"""The audit kept as data: whole, dated, and what the statement says follows from it."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from config.accessibilite import ETATS, THEMES, Audit, Critere, audit

# How many criteria each theme of the RGAA 4.1 has, from 1 to 13.
PAR_THEME = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]


def test_the_audit_judges_each_of_the_106_criteria_once_in_order():
    attendus = [f"{t}.{n}" for t, nombre in enumerate(PAR_THEME, 1) for n in range(1, nombre + 1)]
    assert len(attendus) == 106
    assert [critere.numero for critere in audit().criteres] == attendus
    assert [theme for theme, _ in audit().par_theme] == list(THEMES)


def test_each_judgment_has_its_question_its_evidence_and_a_day_that_has_come():
    for critere in audit().criteres:
        assert critere.etat in ETATS, critere
        assert critere.intitule.endswith("?"), critere
        assert len(critere.preuve) >= 10, critere
        assert datetime.date(2026, 1, 1) <= critere.le, critere


def juge(*etats):
    jour = datetime.date(2026, 1, 1)
    return Audit(tuple(Critere(f"1.{n}", "", etat, "", jour) for n, etat in enumerate(etats)))


def test_the_state_follows_from_the_criteria():
    assert (juge("C", "C", "NA").taux, juge("C", "C", "NA").etat) == (100, "totalement conforme")
    assert (juge("C", "C", "NC").taux, juge("C", "C", "NC").etat) == (66, "partiellement conforme")
    assert (juge("C", "NC", "NC").taux, juge("C", "NC", "NC").etat) == (33, "non conforme")


@pytest.mark.django_db
def test_the_statement_says_the_rate_each_fault_and_whom_to_turn_to(client):
    page = BeautifulSoup(client.get(reverse("accessibilite")).content, "html.parser")
    dit = " ".join(page.main.text.split())
    assert f"{audit().taux} % des critères" in dit
    for critere in audit().non_conformes:
        assert f"Critère {critere.numero}." in dit
        assert critere.preuve in dit
    assert "Défenseur des droits" in dit
    assert len(page.select("main tbody tr")) == 106
    assert f"Accessibilité : {audit().etat}" in " ".join(page.footer.text.split())


@pytest.mark.django_db
def test_the_statement_says_where_to_tell_a_fault(client, settings):
    settings.OPERATEUR_DU_SITE = settings.OPERATEUR_DU_SITE | {"accessibilite": "ici@site.fr"}
    page = BeautifulSoup(client.get(reverse("accessibilite")).content, "html.parser")
    assert page.main.select_one('a[href="mailto:ici@site.fr"]')
