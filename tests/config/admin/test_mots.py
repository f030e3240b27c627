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


def test_a_password_is_given_and_taken_away_in_french(delegation, client):
    agent = f.agent_region("75")
    agent.set_password("un mot de passe assez long")
    agent.save()
    page = client.get(reverse("admin:auth_user_password_change", args=[agent.pk]))
    contenu = page.content.decode()
    assert "Le mot de passe qu’il a sera perdu." in contenu
    assert "Single Sign-On" not in contenu and "If disabled" not in contenu
    nouvel = client.get(reverse("admin:territoires_agent_add")).content.decode()
    assert "tant qu’il n’a pas reçu de mot de passe" in nouvel and "modifiez" not in nouvel
    envoi = {"usable_password": "false", "unset-password": "1"}
    client.post(reverse("admin:auth_user_password_change", args=[agent.pk]), envoi)
    agent.refresh_from_db()
    assert not agent.has_usable_password()
