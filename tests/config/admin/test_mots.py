"""The screens of entry speak French: their titles, their filters, what they say of passwords."""

import datetime

import pytest
from django.urls import reverse

from tests import factories as f

pytestmark = pytest.mark.django_db


def noms(client, liste, **filtre):
    page = client.get(reverse(f"admin:{liste}_changelist"), filtre)
    return {str(ligne) for ligne in page.context["cl"].result_list}


def test_territoires_by_the_map_they_stand_on(delegation, client):
    avant, apres = (
        f.EditionCarteFactory(date=datetime.date(annee, 1, 1)) for annee in (2020, 2023)
    )
    region = f.RegionFactory()
    f.territoire_publie(region, nom="Ancien", edition=avant)
    f.territoire_publie(region, nom="Actuel", edition=apres)
    f.TerritoireFactory(nom="Futur")
    liste = "territoires_territoire"
    assert noms(client, liste, carte="vigueur") == {"Actuel"}
    assert noms(client, liste, carte="avant") == {"Ancien"}
    assert noms(client, liste, carte="jamais") == {"Futur"}
    assert noms(client, liste) == {"Actuel", "Ancien", "Futur"}


def test_what_is_published_and_what_is_not_yet(delegation, client):
    f.BonnePratiqueFactory(titre="Écrite", publiee_le=None)
    f.bonne_pratique_publiee(titre="Parue")
    liste = "programme_bonnepratique"
    assert noms(client, liste, publiee_le__isempty="1") == {"Écrite"}
    assert noms(client, liste, publiee_le__isempty="0") == {"Parue"}
    page = client.get(reverse(f"admin:{liste}_changelist"))
    (filtre,) = [s for s in page.context["cl"].filter_specs if s.title == "publication"]
    mots = [choix["display"] for choix in filtre.choices(page.context["cl"])]
    assert mots == ["tout", "pas encore", "faite"]


@pytest.mark.parametrize(
    ("modele", "titre"),
    [
        ("territoires_agent", "Nouvel agent"),
        ("territoires_editioncarte", "Nouvelle édition de la carte"),
        ("programme_ficheaction", "Nouvelle fiche action"),
    ],
)
def test_what_is_added_is_named_as_one_says_it(delegation, client, modele, titre):
    assert client.get(reverse(f"admin:{modele}_add")).context["title"] == titre
