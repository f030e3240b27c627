"""A territoire's page tells what it was: ties that a person confirmed, others as proposed."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.utils import timezone

from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cache_vide():
    cache.clear()


@pytest.fixture
def val():
    """A territoire of 2023 whose one commune was in « Jadis » in 2020."""
    commune = f.CommuneFactory()
    jadis, aujourdhui = (
        f.EditionCarteFactory(code="2020-10", date=date(2020, 10, 1), precision="mois"),
        f.EditionCarteFactory(code="2023-11"),
    )
    f.PerimetreFactory(edition=jadis, nom="Jadis", code="ti-1", membres=[commune])
    f.PerimetreFactory(edition=jadis, nom="Ailleurs")
    return f.PerimetreFactory(edition=aujourdhui, nom="Val", code="ti-2", membres=[commune])


def frise(client, perimetre):
    page = BeautifulSoup(client.get(perimetre.territoire.get_absolute_url()).content, "html.parser")
    textes = [" ".join(etape.text.split()) for etape in page.select(".frise > li")]
    return [texte.replace("\u202f", " ") for texte in textes]


def test_what_it_was_is_proposed_by_its_inhabitants(client, val):
    assert frise(client, val) == [
        "Octobre 2020 Jadis, code ti-1, 1 000 habitants – lien proposé",
        "9 novembre 2023 Val, code ti-2, 1 000 habitants",
    ]


def test_the_old_page_tells_what_came_of_it(client, val):
    ancien = val.__class__.objects.get(nom="Jadis")
    assert frise(client, ancien)[1].endswith("Val, code ti-2, 1 000 habitants – lien proposé")


def test_a_confirmed_tie_is_told_so(client, val):
    f.FiliationFactory(
        ancien=val.__class__.objects.get(nom="Jadis"),
        nouveau=val,
        confirmee_par=f.agent_delegation(),
        confirmee_le=timezone.now(),
    )
    assert frise(client, val)[0].endswith("– lien confirmé")


def test_a_draft_is_no_part_of_the_story(client, val):
    brouillon = f.EditionCarteFactory(code="2099-01", date=date(2099, 1, 1), publiee_le=None)
    f.PerimetreFactory(edition=brouillon, territoire=val.territoire, nom="Secret")
    assert len(frise(client, val)) == 2


def test_a_tie_goes_on_through_several_editions(client, val):
    commune = val.membres.get().commune
    suivante = f.EditionCarteFactory(code="2025-01", date=date(2025, 1, 1))
    f.PerimetreFactory(edition=suivante, nom="Demain", membres=[commune])
    ancien = val.__class__.objects.get(nom="Jadis")
    assert [texte.split(",")[0] for texte in frise(client, ancien)] == [
        "Octobre 2020 Jadis",
        "9 novembre 2023 Val",
        "1er janvier 2025 Demain",
    ]
