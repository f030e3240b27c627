"""What pages count agrees in French: none and one are singular."""

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("nombre", "dit"),
    [(0, "point attend"), (1, "point attend"), (2, "points attendent"), ([], "point attend")],
)
def test_zero_is_singular(nombre, dit):
    page = Template("point{{ n|pluralize }} attend{{ n|pluralize:',ent' }}")
    assert page.render(Context({"n": nombre})) == dit
