"""What pages count agrees in French, and the first of a month is said so."""

import datetime

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("nombre", "dit"),
    [(0, "point attend"), (1, "point attend"), (2, "points attendent"), ([], "point attend")],
)
def test_zero_is_singular(nombre, dit):
    page = Template("point{{ n|pluralize }} attend{{ n|pluralize:',ent' }}")
    assert page.render(Context({"n": nombre})) == dit


@pytest.mark.parametrize(
    ("jour", "dit"), [((2025, 9, 1), "1er septembre 2025"), ((2025, 9, 11), "11 septembre 2025")]
)
def test_the_first_of_a_month_is_said_so(jour, dit):
    page = Template('{{ jour|date:"j F Y" }}')
    assert page.render(Context({"jour": datetime.date(*jour)})) == dit


@pytest.mark.parametrize(
    ("mois", "dit"), [(11, "de novembre 2023"), (10, "d’octobre 2023"), (8, "d’août 2023")]
)
def test_a_map_is_named_by_its_month(mois, dit):
    page = Template("{{ jour|du_mois }}")
    assert page.render(Context({"jour": datetime.date(2023, mois, 9)})) == dit
