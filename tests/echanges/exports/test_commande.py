"""`manage.py exporter`: every format, columns, filters, exit codes, whole files only."""

import errno
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from echanges.dialectes import FORMATS
from echanges.registre import resources
from tests import factories
from tests.echanges.outils import analyser

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("nom", "dialecte"), [("r.csv", "machine"), ("r.xlsx", "xlsx"), ("r.ods", "ods")]
)
def test_the_name_of_the_file_says_its_format(tmp_path, nom, dialecte):
    factories.RegionFactory(code="84", nom="Alsace")
    call_command("exporter", "regions", sortie=tmp_path / nom, verbosity=0)
    octets = (tmp_path / nom).read_bytes()
    assert octets == b"".join(resources()["regions"]().exporter(dialecte=FORMATS[dialecte]))
    assert analyser("regions", octets).inchangees == 1
    assert [chemin.name for chemin in tmp_path.iterdir()] == [nom]


def test_columns_keep_the_key_and_a_dash_is_the_terminal(capfdbinary):
    fiche = factories.FicheActionFactory(titre="Usine")
    call_command("exporter", "fiches", "--sortie=-", colonnes="titre", verbosity=0)
    assert capfdbinary.readouterr().out == f"reference,titre\n{fiche.reference},Usine\n".encode()


@pytest.mark.parametrize("filtre", ["region", "territoire"])
@pytest.mark.parametrize("modele", ["fiches", "etapes"])
def test_rows_of_one_region_or_of_one_territoire(capfdbinary, modele, filtre):
    fiches = [
        factories.FicheActionFactory(territoire=factories.territoire_publie(code))
        for code in ("84", "11")
    ]
    for fiche in fiches:
        factories.EtapeFactory(fiche=fiche)
    valeur = {"region": "84", "territoire": fiches[0].territoire.identifiant}[filtre]
    call_command("exporter", modele, verbosity=0, **{filtre: valeur})
    lignes = capfdbinary.readouterr().out.decode().splitlines()[1:]
    assert [ligne.split(",")[0] for ligne in lignes] == [fiches[0].reference]


def test_an_agent_exports_no_more_than_on_the_screens(capfdbinary):
    factories.FicheActionFactory()
    agent = factories.AgentFactory()
    call_command("exporter", "fiches", colonnes="reference", agent=agent.username, verbosity=0)
    assert capfdbinary.readouterr().out == b"reference\n"


@pytest.mark.parametrize(
    ("options", "code", "phrase"),
    [
        ({"modele": "regions", "colonnes": "nmo"}, 2, "Colonnes inconnues : nmo. Il y a : code"),
        ({"modele": "phases", "region": "84"}, 2, "ne se filtre pas par region"),
        ({"modele": "regions", "agent": "inconnu"}, 2, "Aucun agent actif"),
        ({"modele": "regions", "sortie": Path("/nulle/part/x.csv")}, 1, "/nulle/part/x.csv"),
    ],
)
def test_an_error_is_a_sentence_and_a_code(options, code, phrase):
    options = dict(options)
    with pytest.raises(CommandError, match=phrase) as erreur:
        call_command("exporter", options.pop("modele"), verbosity=0, **options)
    assert erreur.value.returncode == code


def test_a_failure_leaves_the_former_file_and_no_piece(tmp_path, monkeypatch):
    factories.RegionFactory()
    (tmp_path / "r.csv").write_text("hier")
    monkeypatch.setattr("echanges.exports.extraction.Extraction._colonne", lambda *a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("exporter", "regions", sortie=tmp_path / "r.csv", verbosity=0)
    assert [(c.name, c.read_text()) for c in tmp_path.iterdir()] == [("r.csv", "hier")]


def test_the_kind_of_object_may_be_named_as_for_an_import(capfdbinary):
    factories.RegionFactory(code="84", nom="Auvergne")
    for modele in (["regions"], ["--modele", "regions"]):
        call_command("exporter", *modele, verbosity=0)
        assert capfdbinary.readouterr().out == b"code,nom\n84,Auvergne\n"
    with pytest.raises(CommandError):
        call_command("exporter", verbosity=0)


def test_a_full_disk_is_said_in_french(monkeypatch):
    def plein(sortie, morceaux):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("echanges.management.commands.exporter._ecrire", plein)
    with pytest.raises(CommandError, match="La sortie n’a plus la place d’écrire") as erreur:
        call_command("exporter", "regions", verbosity=0)
    assert erreur.value.returncode == 1
