"""What a cell of a workbook is, beside a text, comes back to the second and to the digit."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from echanges.dialectes import ODS, XLSX
from echanges.registre import resources
from territoires.editions.models import EditionCarte
from tests import factories

pytestmark = pytest.mark.django_db
INSTANTS = st.datetimes(
    datetime.datetime(1890, 1, 1),
    datetime.datetime(2090, 1, 1),
    timezones=st.just(datetime.UTC),
)


@pytest.mark.parametrize("dialecte", [XLSX, ODS], ids=lambda d: d.nom)
@settings(max_examples=15, deadline=None)
@given(instant=INSTANTS, heure=st.times())
@example(datetime.datetime(2023, 10, 29, 0, 30, tzinfo=datetime.UTC), datetime.time(9, 30))
@example(datetime.datetime(2023, 10, 29, 1, 30, tzinfo=datetime.UTC), datetime.time(23, 59, 59))
@example(datetime.datetime(2024, 2, 28, 23, tzinfo=datetime.UTC), datetime.time())
def test_moments_and_hours_come_back(dialecte, instant, heure):
    EditionCarte.objects.all().delete()
    factories.EditionCarteFactory(publiee_le=instant)
    sequence = factories.SequenceFactory(debut=heure, fin=None)
    for nom in ("editions", "sequences"):
        resource = resources()[nom](chargement=True)
        octets = b"".join(resource.exporter(dialecte=dialecte))
        rapport = resources()[nom](chargement=True).analyser(octets)
        assert (rapport.plans, rapport.erreurs()) == ([], [])
    sequence.assemblee.delete()
    assert timezone.is_aware(instant)


@pytest.mark.parametrize("dialecte", [XLSX, ODS], ids=lambda d: d.nom)
def test_the_same_rows_give_the_same_bytes(dialecte, monkeypatch):
    factories.RegionFactory(code="84", nom="Alsace")
    fichiers = []
    for seconde in (0, 40):
        monkeypatch.setattr("time.time", lambda s=seconde: 1_800_000_000 + s)
        fichiers.append(b"".join(resources()["regions"]().exporter(dialecte=dialecte)))
    assert fichiers[0] == fichiers[1]
