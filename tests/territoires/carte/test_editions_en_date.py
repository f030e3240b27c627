"""People read the date of an edition; its code is for addresses and for machines."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup

from tests import factories as f

pytestmark = pytest.mark.django_db
CODE = re.compile(r"\b20\d\d-\d\d\b")


@pytest.fixture
def territoire():
    """Drawn in an edition of a day, after one of which the month alone is known."""
    date = datetime.date(2020, 10, 1)
    ancienne = f.EditionCarteFactory(code="2020-10", date=date, precision="mois")
    territoire = f.territoire_publie(
        "75", edition=f.EditionCarteFactory(code="2023-11", date=datetime.date(2023, 11, 9))
    )
    f.PerimetreFactory(edition=ancienne, territoire=territoire, code="7501")
    return territoire


@pytest.mark.parametrize(
    "adresse",
    [
        "/carte/",
        "/carte/2020-10/",
        "/carte/?couleur=changement&depuis=2020-10",
        "/carte/2020-10...2023-11/",
        "/donnees/carte/",
        "/donnees/perimetres/",
        "",
    ],
)
def test_no_page_tells_an_edition_by_its_code(client, territoire, adresse):
    reponse = client.get(adresse or territoire.get_absolute_url())
    assert reponse.status_code == 200
    page = BeautifulSoup(reponse.content, "html.parser").main
    for machine in page.select("code, pre, script, time"):
        machine.decompose()
    assert CODE.findall(page.get_text(" ")) == []
    assert re.search("9 novembre 2023|octobre 2020", page.get_text(" "))


@pytest.mark.parametrize(
    ("adresse", "nom"),
    [
        ("/carte/2023-11/compositions.csv", "compositions-9-novembre-2023.csv"),
        ("/carte/2020-10/compositions.csv", "compositions-octobre-2020.csv"),
        (
            "/carte/2020-10...2023-11/?format=csv",
            "comparaison-octobre-2020-9-novembre-2023.csv",
        ),
        ("/donnees/perimetres/machine/?edition=2020-10", "perimetres-octobre-2020.csv"),
    ],
)
def test_a_file_is_named_by_the_date_of_its_edition(client, territoire, adresse, nom):
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    assert f'filename="{nom}"' in reponse["Content-Disposition"]
