"""Where contractualisation stands in the country on a given day."""

import datetime

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


def test_territoires_that_nothing_signed_binds_are_named_by_region(client):
    edition = factories.EditionCarteFactory(date=datetime.date(2018, 11, 22))
    lie, libre = (factories.territoire_publie("75", nom=n, edition=edition) for n in ("A", "B"))
    partage = factories.territoire_publie("75", "76", nom="C", edition=edition)
    factories.ContratFactory(
        territoire=lie, signe_le=datetime.date(2019, 1, 1), fin=datetime.date(2020, 1, 1)
    )
    attendus = {
        "2018-01-01": {},
        "2018-12-01": {"75": [lie, libre, partage], "76": [partage]},
        "2019-06-01": {"75": [libre, partage], "76": [partage]},
        "2020-06-01": {"75": [lie, libre, partage], "76": [partage]},
    }
    for date, attendu in attendus.items():
        contexte = client.get(reverse("contrats"), {"au": date}).context
        assert {region.pk: ligne.sans for region, ligne in contexte["regions"]} == attendu
        assert contexte["france"].sans == attendu.get("75", [])


@pytest.mark.parametrize(
    ("nature", "decidee", "lie"),
    [
        ("suite", True, True),
        ("renommage", True, True),
        ("suite", False, False),
        ("fusion", True, False),
    ],
)
def test_a_contrat_binds_the_sequel_that_a_person_confirmed(client, nature, decidee, lie):
    avant, apres = (
        factories.EditionCarteFactory(date=datetime.date(annee, 1, 1)) for annee in (2020, 2023)
    )
    ancien = factories.territoire_publie("75", edition=avant)
    nouveau = factories.territoire_publie("75", edition=apres)
    factories.ContratFactory(territoire=ancien, signe_le=datetime.date(2021, 1, 1))
    filiation = factories.FiliationFactory(
        ancien=ancien.perimetre_courant, nouveau=nouveau.perimetre_courant, nature=nature
    )
    filiation.decider(factories.agent_delegation(), decidee)
    filiation.save()
    page = client.get(reverse("contrats"), {"au": "2024-01-01"})
    assert page.context["france"].sans == ([] if lie else [nouveau])


def test_country_stands_as_it_stood_on_that_day(client):
    def contrat(signe, fin=None, **champs):
        return factories.ContratFactory(
            signe_le=datetime.date(signe, 1, 1), fin=fin and datetime.date(fin, 1, 1), **champs
        )

    territoire = factories.territoire_publie("75", "76")
    contrat(2019, 2020, territoire=territoire, type="protocole")
    contrat(2020, 2023, territoire=territoire)
    factories.ContratFactory(territoire=territoire, etat="preparation", signe_le=None)
    attendus = {
        "2018-06-30": (0, 0, 0),
        "2019-06-30": (1, 0, 0),
        "2020-06-30": (0, 1, 1),
        "2024-06-30": (0, 0, 2),
    }
    for date, attendu in attendus.items():
        contexte = client.get(reverse("contrats"), {"au": date}).context
        lignes = [contexte["france"], *(ligne for _, ligne in contexte["regions"])]
        vus = {(ligne.protocoles, ligne.contrats, ligne.termines) for ligne in lignes}
        assert (date, vus) == (date, {attendu})
        assert [r.pk for r, _ in contexte["regions"]] == (["75", "76"] if any(attendu) else [])
    assert client.get(reverse("contrats"), {"au": "n’importe quoi"}).status_code == 200


def test_contrats_without_a_deliberation_are_listed_for_agents(client):
    def contrat(**signataire):
        ligne = factories.SignataireContratFactory(contrat=factories.ContratFactory(), **signataire)
        return ligne.contrat

    manque = contrat(groupe="intercommunalites", organisation="CC du Val")
    region = contrat(groupe="publics", organisation="Région Occitanie")
    contrat(groupe="publics", organisation="Préfecture")
    contrat(groupe="economiques", organisation="Fonderie du Val")
    contrat(groupe="intercommunalites", deliberation_numero="2019-12")
    client.force_login(factories.agent_delegation())
    liste = client.get(
        reverse("admin:programme_contrat_changelist"), {"deliberations": "manquantes"}
    )
    assert set(liste.context["cl"].queryset) == {manque, region}
