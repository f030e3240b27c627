"""What our templates draw quickly is what the stock ones would draw."""

import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.apps import apps
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from territoires.liste_publique import MOTS


def rendu(texte, **contexte):
    return Template(texte).render(Context(contexte))


@pytest.mark.parametrize("code", ["2023-11", "autre"])
def test_an_address_is_that_of_what_is_named_each_time(code):
    attendue = reverse("carte", args=[code])
    for _ in range(2):
        assert rendu("{% url 'carte' code %}", code=code) == attendue
        assert rendu("{% url 'carte' code=code %}", code=code) == attendue
        assert rendu("{% url 'carte' code as ici %}({{ ici }})", code=code) == f"({attendue})"
    assert rendu("{% url 'admin:index' %}") == reverse("admin:index")


def test_an_address_that_does_not_exist_is_told_unless_it_is_asked_for():
    assert rendu("{% url 'sans-adresse' as la %}({{ la }})") == "()"
    with pytest.raises(NoReverseMatch):
        rendu("{% url 'sans-adresse' %}")


def test_the_same_instant_is_written_in_the_hour_of_who_reads():
    instant = datetime.datetime(2025, 1, 1, 11, 30, tzinfo=datetime.UTC)
    for fuseau, ecrit in (("Europe/Paris", "1er janvier, 12:30"), ("UTC", "1er janvier, 11:30")):
        with timezone.override(ZoneInfo(fuseau)):
            assert rendu("{{ le|date:'j F, H:i' }}", le=instant) == ecrit
    assert rendu("{{ le|date:'j F' }}{{ rien|date:'j F' }}", le=instant.date()) == "1er janvier"


class Formulaire(forms.Form):
    texte = forms.CharField(max_length=20, help_text="Vingt signes.")
    jour = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    nombre = forms.IntegerField(min_value=2, required=False)


@pytest.mark.parametrize(
    "saisie",
    [
        None,
        {"texte": '"<b>" & d’autres', "jour": "2024-02-30", "nombre": "un"},
        {"nombre": "12000"},
    ],
)
def test_a_field_of_a_filter_is_drawn_as_its_widget_would(saisie):
    for champ in Formulaire(saisie):
        dessine = rendu("{% load liste_tags %}{% saisie_libre champ %}", champ=champ)
        (le_notre,), (attendu,) = (
            BeautifulSoup(html, "html.parser")
            for html in (dessine, champ.as_widget(attrs={"class": "fr-input"}))
        )
        assert le_notre.attrs == attendu.attrs


@pytest.mark.parametrize(("modele", "colonne"), MOTS.items())
def test_a_choice_that_is_read_from_a_column_is_called_as_the_object(modele, colonne):
    assert str(apps.get_model(modele)(**{colonne: "Un nom"})) == "Un nom"


def test_names_lead_to_their_pages_and_cannot_write_html():
    objets = [
        SimpleNamespace(nom=nom, get_absolute_url=lambda nom=nom: f"/{len(nom)}/?a&b")
        for nom in ("<Ici>", "Là")
    ]
    dits = rendu("{% load enumerations %}{% en_liens objets %}", objets=objets)
    liens = BeautifulSoup(dits, "html.parser")
    assert [(a["href"], a.text) for a in liens.select("a")] == [
        ("/5/?a&b", "<Ici>"),
        ("/2/?a&b", "Là"),
    ]
    assert liens.text.split(",\n") == ["<Ici>", "Là"]
