"""What the rooms above show on a page: in order, and nothing when they have nothing to say."""

import pytest
from django.template import Context, Template

from territoires import encarts
from territoires.encarts import encart


@pytest.fixture(autouse=True)
def _aucun(monkeypatch):
    monkeypatch.setattr(encarts, "_encarts", {})


def dire(nom, rang, si_objet=True):
    @encart("page", "composants/fil.html", rang=rang)
    def contexte(objet, request):
        return {"page": f"{nom} {objet} {request}"} if si_objet else None


def page():
    gabarit = Template("{% load encarts %}{% encarts 'page' objet %}")
    return gabarit.render(Context({"objet": "<val>", "request": "ici"}))


def test_blocks_stand_by_rank_whatever_is_imported_first():
    dire("second", 20)
    dire("premier", 10)
    html = page()
    assert html.index("premier") < html.index("second")
    assert "premier &lt;val&gt; ici" in html
    assert "<nav" in html


def test_a_block_with_nothing_to_say_is_not_there():
    dire("muet", 10, si_objet=False)
    assert page() == ""


def test_a_place_without_blocks_is_empty():
    assert page() == ""
