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
