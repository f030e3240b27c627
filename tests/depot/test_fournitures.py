"""What the product is made of is told as it is."""

import json

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests import fournitures


def test_the_page_of_the_dependencies_is_that_of_the_requirements():
    dite = fournitures.PAGE.read_text("utf-8")
    assert fournitures.table() in dite, "python -m tests.fournitures licences"
    assert all(f"| {nom} |" in dite for nom in fournitures.paquets().keys() - fournitures.AILLEURS)


def test_every_licence_is_said_in_one_name():
    presents = fournitures.paquets().keys() - fournitures.AILLEURS
    assert {nom for nom in presents if not 2 < len(fournitures.licence(nom)) < 60} == set()


def test_the_bill_of_materials_names_each_of_them_with_its_licence(tmp_path):
    fournitures.nomenclature(tmp_path / "n.json")
    texte = (tmp_path / "n.json").read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(texte) is None
    lus = json.loads(texte)["components"]
    # One that is pinned by version of Python stands twice there.
    assert set(fournitures.paquets().items()) <= {(c["name"], c["version"]) for c in lus}
    sans = {c["name"] for c in lus if not c.get("licenses")}
    assert sans <= fournitures.AILLEURS


def test_the_bill_of_materials_names_the_scripts_that_others_wrote(tmp_path):
    """A script that came with its licence is in no list of Python's."""
    fournitures.nomenclature(tmp_path / "n.json")
    lus = {c["name"] for c in json.loads((tmp_path / "n.json").read_text("utf-8"))["components"]}
    venus = {chemin.parent.name for chemin in fournitures.RACINE.glob("*/static/**/LICENSE*")}
    assert venus and venus <= {nom.rpartition("/")[2] for nom in lus}


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
