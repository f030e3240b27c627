"""What the schemas and the templates say of the files is what the files are."""

import io

import pytest
from frictionless import Dialect, Resource, Schema, formats, system
from openpyxl import load_workbook

from echanges.colonnes.schemas import decrire, schema
from echanges.dialectes import EXCEL, FORMATS, MACHINE
from echanges.exports.modeles import EXPLICATIONS, MODE_D_EMPLOI, ecrire_modele
from echanges.registre import resources
from tests import factories
from tests.echanges.outils import analyser, exporter
from tests.echanges.test_aller_retour import un_de_chaque

pytestmark = pytest.mark.django_db
CHAQUE = pytest.mark.parametrize("nom", list(resources()))


@pytest.fixture
def remplie():
    un_de_chaque()
    factories.AvisFactory()
    factories.ReleveFactory()


@pytest.mark.parametrize("dialecte", [EXCEL, MACHINE], ids=lambda d: d.nom)
def test_every_export_is_valid_under_its_schema(remplie, dialecte, tmp_path):
    controle = formats.CsvControl(delimiter=dialecte.separateur)
    for nom, classe in resources().items():
        (tmp_path / f"{nom}.csv").write_bytes(exporter(nom, dialecte=dialecte))
        with system.use_context(trusted=True):
            fichier = Resource(
                path=str(tmp_path / f"{nom}.csv"),
                encoding="utf-8-sig" if dialecte.bom else "utf-8",
                dialect=Dialect(controls=[controle]),
                schema=Schema.from_descriptor(schema(classe(), dialecte=dialecte)),
            )
            rapport = fichier.validate()
        assert rapport.valid, (nom, rapport.flatten(["rowNumber", "fieldName", "note"]))


def test_a_schema_says_no_to_a_wrong_file(tmp_path):
    (tmp_path / "regions.csv").write_text("code,nom\n84,\n84,Alsace\n")
    with system.use_context(trusted=True):
        rapport = Resource(
            path=str(tmp_path / "regions.csv"),
            schema=Schema.from_descriptor(schema(resources()["regions"]())),
        ).validate()
    assert {ligne[0] for ligne in rapport.flatten(["type"])} == {"constraint-error", "primary-key"}


@CHAQUE
def test_every_column_is_described_in_full(nom):
    for description in decrire(resources()[nom]()):
        for texte in (description.libelle, description.format, description.exemple):
            assert texte.strip(), description
        assert description.obligatoire


@CHAQUE
def test_a_template_explains_its_columns_on_a_second_sheet(nom):
    resource = resources()[nom]()
    classeur = load_workbook(io.BytesIO(b"".join(ecrire_modele(resource, FORMATS["xlsx"]))))
    assert classeur.sheetnames[1:] == [MODE_D_EMPLOI]
    lignes = list(classeur[MODE_D_EMPLOI].values)
    assert lignes[0] == tuple(EXPLICATIONS)
    attendues = [e for e in resource.entetes() if e not in resource._meta.lecture_seule]
    assert [ligne[0] for ligne in lignes[1:]] == attendues
    assert list(next(classeur.worksheets[0].values)) == attendues


@pytest.mark.parametrize("format_", ["excel", "xlsx", "ods"])
def test_a_template_is_imported_as_it_is_once_filled(format_, tmp_path):
    """Filled by the spreadsheet's own library where there is one, by hand in the CSV."""
    octets = b"".join(ecrire_modele(resources()["regions"](), FORMATS[format_]))
    if format_ == "xlsx":
        classeur = load_workbook(io.BytesIO(octets))
        classeur.worksheets[0].append(["01", "Guadeloupe"])
        sortie = io.BytesIO()
        classeur.save(sortie)
        octets = sortie.getvalue()
    elif format_ == "ods":
        octets = _remplir_ods(octets, ["01", "Guadeloupe"])
    else:
        octets += b"01;Guadeloupe\r\n"
    assert analyser("regions", octets).comptes() == {
        "creees": 1,
        "modifiees": 0,
        "inchangees": 0,
        "refusees": 0,
    }


def _remplir_ods(octets, cellules):
    from odf.opendocument import load
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = load(io.BytesIO(octets))
    rangee = TableRow()
    for texte in cellules:
        cellule = TableCell(valuetype="string")
        cellule.addElement(P(text=texte))
        rangee.addElement(cellule)
    document.spreadsheet.getElementsByType(Table)[0].addElement(rangee)
    sortie = io.BytesIO()
    document.write(sortie)
    return sortie.getvalue()
