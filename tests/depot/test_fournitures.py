"""What the product is made of is told as it is."""

import json

import pytest

from tests import fournitures


def test_the_page_of_the_dependencies_is_that_of_the_requirements():
    dite = fournitures.PAGE.read_text("utf-8")
    assert fournitures.table() in dite, "python -m tests.fournitures licences"
    assert all(f"| {nom} |" in dite for nom in fournitures.paquets().keys() - fournitures.AILLEURS)


def test_every_licence_is_said_in_one_name():
    presents = fournitures.paquets().keys() - fournitures.AILLEURS
    assert {nom for nom in presents if not 2 < len(fournitures.licence(nom)) < 60} == set()


def test_the_bill_of_materials_names_each_of_them(tmp_path):
    fournitures.nomenclature(tmp_path / "n.json")
    lus = json.loads((tmp_path / "n.json").read_text("utf-8"))["components"]
    # One that is pinned by version of Python stands twice there.
    assert set(fournitures.paquets().items()) <= {(c["name"], c["version"]) for c in lus}


FAIBLE = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
SUR = {"name": "b", "version": "1", "vulns": []}
MUET = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("paquets", "code", "dit"),
    [
        ([FAIBLE, SUR], "a 1 : PYSEC-1, corrigée dans 2", "2 vérifiées sur 2"),
        ([SUR, MUET], None, "1 vérifiées sur 2"),
        ([MUET], None, "non vérifié"),
        (None, None, "non vérifié"),
    ],
)
def test_a_weakness_stops_the_check_and_silence_is_said(paquets, code, dit, monkeypatch, capsys):
    class Rendu:
        stdout = json.dumps({"dependencies": paquets}) if paquets else "no network"

    monkeypatch.setattr(fournitures.subprocess, "run", lambda *a, **k: Rendu)
    if code:
        with pytest.raises(SystemExit, match=code):
            fournitures.verifier()
    else:
        fournitures.verifier()
    assert dit in capsys.readouterr().out
