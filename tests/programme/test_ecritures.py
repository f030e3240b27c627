"""Numbers, amounts and dates, written once for pages and papers."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from programme import ecritures

DEBUT, FIN = datetime.date(2026, 8, 1), datetime.date(2026, 8, 11)


@pytest.mark.parametrize(
    ("montant", "attendu"),
    [
        (None, ""),
        (0, "0 €"),
        (Decimal("1234567.5"), "1 234 567,50 €"),
        (-3, "-3 €"),
        (1000, "1 000 €"),
    ],
)
def test_amounts_read_as_in_france(montant, attendu):
    assert ecritures.euros(montant).replace("\u202f", " ").replace("\u00a0", " ") == attendu


def test_numbers_and_days_read_as_in_france():
    assert ecritures.nombre(Decimal("1500.50")) == "1\u202f500,5"
    assert ecritures.nombre(Decimal("30.00")) == "30"
    assert ecritures.jour(DEBUT) == "1er\u00a0août 2026"
    assert ecritures.jour(FIN) == "11\u00a0août 2026"


@pytest.mark.parametrize(
    ("debut", "fin", "attendu"),
    [
        (DEBUT, FIN, "du 1er août 2026 au 11 août 2026"),
        (DEBUT, None, "à partir du 1er août 2026"),
        (None, FIN, "jusqu’au 11 août 2026"),
        (None, None, ""),
    ],
)
def test_periods_read_as_in_france(debut, fin, attendu):
    assert ecritures.periode(debut, fin).replace("\u00a0", " ") == attendu


def test_a_page_writes_as_a_paper_and_says_what_is_unknown():
    page = Template(
        "{% load programme_tags %}{{ n|nombre }};{{ n|euros }};{% periode d d %};"
        "{{ rien|nombre }};{{ rien|euros }};{% periode rien rien %}"
    )
    n = Decimal("1234.50")
    assert page.render(Context({"n": n, "d": DEBUT, "rien": None})).split(";") == [
        ecritures.nombre(n),
        ecritures.euros(n),
        ecritures.periode(DEBUT, DEBUT),
        "–",
        "–",
        "dates non précisées",
    ]
