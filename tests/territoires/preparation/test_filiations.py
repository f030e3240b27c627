"""A person of the délégation says what each périmètre became, one click each."""

import datetime

import pytest
from django.urls import reverse

from territoires.editions.comparaison import Comparaison
from territoires.editions.models import Filiation
from tests import factories as f


@pytest.fixture
def editions(pays):
    """2023-11 and its copy in 2027-01, with one périmètre renamed and a village moved into it."""
    avant = pays["ici"]["territoire"].perimetre_courant.edition
    apres = f.EditionCarteFactory(code="2027-01", date=datetime.date(2027, 1, 1), publiee_le=None)
    for lieu in ("ici", "la"):
        ancien = pays[lieu]["territoire"].perimetre_courant
        membres = [m.intercommunalite for m in ancien.membres.all()]
        if lieu == "la":
            membres.append(f.CommuneFactory(population=10))
        f.PerimetreFactory(edition=apres, territoire=ancien.territoire, membres=membres)
    return avant, apres


def adresse(edition):
    return reverse("admin:territoires_editioncarte_filiations", args=[edition.pk])


def liens(page):
    return [(x["ancien"].nom, x["nouveau"].nom) for x in page.context["proposees"]]


def test_each_proposal_is_confirmed_refused_or_reopened(pays, editions, entrer):
    delegation = pays["agents"]["délégation"]
    client = entrer(delegation)
    page = client.get(adresse(editions[1]))
    assert liens(page) == [
        ("Territoire la", "Territoire la"),
        ("Territoire ici", "Territoire ici"),
    ]
    assert page.context["identiques"] == 1
    incertaine = page.context["proposees"][0]
    assert (incertaine["part_ancien"], incertaine["nature"]) == (100, "se poursuit")
    client.post(adresse(editions[1]), {"refuser": incertaine["cle"]})
    client.post(adresse(editions[1]), {"identiques": "oui"})
    page = client.get(adresse(editions[1]))
    assert liens(page) == []
    assert {(x.nouveau.nom, x.confirmee_par, x.refusee_par) for x in page.context["decidees"]} == {
        ("Territoire ici", delegation, None),
        ("Territoire la", None, delegation),
    }
    assert [(x.noms, x.libelle, x.confirmee) for x in Comparaison(*editions).lignes] == [
        ("Territoire ici", "inchangé", True),
        ("Territoire la", "sorti", False),
        ("Territoire la", "entré", False),
    ]
    client.post(adresse(editions[1]), {"revenir": incertaine["cle"]})
    assert liens(client.get(adresse(editions[1]))) == [("Territoire la", "Territoire la")]


def test_a_tie_that_is_not_between_these_editions_changes_nothing(pays, editions, entrer):
    client = entrer(pays["agents"]["délégation"])
    for envoi in ({"confirmer": "1-1"}, {"refuser": "x"}, {"revenir": "0-0"}, {}):
        assert client.post(adresse(editions[1]), envoi).status_code == 302
    assert not Filiation.objects.exists()


def test_a_tie_added_by_hand_is_vouched_for_by_who_adds_it(pays, editions, entrer):
    ancien = pays["ici"]["territoire"].perimetre_courant
    nouveau = editions[1].perimetres.get(nom="Territoire la")
    envoi = {"ancien": ancien.pk, "nouveau": nouveau.pk, "nature": "fusion", "source": "Comité"}
    entrer(pays["agents"]["délégation"]).post(reverse("admin:territoires_filiation_add"), envoi)
    filiation = Filiation.objects.get()
    assert (filiation.confirmee_par, filiation.decision) == (pays["agents"]["délégation"], True)


@pytest.mark.parametrize("genre", ["intercommunalité", "région", "sans périmètre", "anonyme"])
def test_only_the_delegation_decides(genre, pays, editions, entrer):
    client = entrer(pays["agents"][genre])
    for methode in (client.get, client.post):
        reponse = methode(adresse(editions[1]), {"identiques": "oui"})
        assert reponse.status_code in (302, 403)
    assert not Filiation.objects.exists()


def test_the_screen_costs_the_same_whatever_the_map_holds(pays, editions, entrer):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = entrer(pays["agents"]["délégation"])
    client.get(adresse(editions[1]))
    with CaptureQueriesContext(connection) as un:
        client.get(adresse(editions[1]))
    client.post(adresse(editions[1]), {"identiques": "oui"})
    for rang in range(3):
        commune = f.CommuneFactory()
        for edition in editions:
            f.PerimetreFactory(
                edition=edition,
                territoire=f.TerritoireFactory(identifiant=f"plus-{rang}"),
                membres=[commune],
            )
    client.get(adresse(editions[1]))
    with CaptureQueriesContext(connection) as trois:
        client.get(adresse(editions[1]))
    assert len(trois) == len(un)
