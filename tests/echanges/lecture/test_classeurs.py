"""What a workbook holds besides its values is seen, and what would hurt is refused unopened."""

import datetime
import io
import resource
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from echanges.dialectes import FORMATS
from echanges.erreurs import FichierRefuse
from echanges.lecture.tableau import Choix, lire

CONNUS = ["code", "nom"]
BASE = [["code", "nom"], ["84", "Auvergne"], ["11", "Île-de-France"]]


def xlsx(lignes=BASE, geste=lambda livre: None, remplacer=()):
    """This table in a sheet « Données »; `remplacer` are changes of the XML of that sheet."""
    livre = Workbook()
    livre.active.title = "Données"
    for ligne in lignes:
        livre.active.append(ligne)
    geste(livre)
    sortie = io.BytesIO()
    livre.save(sortie)
    return _avec(sortie.getvalue(), "xl/worksheets/sheet1.xml", remplacer)


def _avec(contenu, partie, remplacer):
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contenu)) as lu, zipfile.ZipFile(sortie, "w") as ecrit:
        for element in lu.infolist():
            octets = lu.read(element)
            if element.filename == partie:
                for avant, apres in remplacer:
                    assert avant in octets
                    octets = octets.replace(avant, apres)
            ecrit.writestr(element.filename, octets, zipfile.ZIP_DEFLATED)
    return sortie.getvalue()


MANIFESTE = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
SUR_DEUX, FOIS = 'table:number-{}-spanned="2"', 'table:number-{}-repeated="{}"'
CACHEES = 'table:visibility="filter" table:number-rows-repeated="2"'
AUTRE = '<table:table table:name="B">{}</table:table>'
RANGEE = "<table:table-row {}>{}</table:table-row>"
CELLULE = '<table:table-cell office:value-type="string" {}><text:p>{}</text:p></table:table-cell>'


def rangee(*textes, attributs="", cellule=""):
    return RANGEE.format(attributs, "".join(CELLULE.format(cellule, t) for t in textes))


def ods(*rangees, suite=""):
    corps = "".join(rangees) or "".join(rangee(*ligne) for ligne in BASE)
    xml = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Données">{corps}</table:table>{suite}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        archive.writestr("mimetype", FORMATS["ods"].type_mime)
        archive.writestr("content.xml", xml, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", MANIFESTE)
    return sortie.getvalue()


def lignes(contenu, **choix):
    return list(lire(contenu, connus=CONNUS, choix=Choix(**choix)).lignes)


def remarques(contenu):
    return " ".join(str(r) for r in lire(contenu, connus=CONNUS).remarques)


@pytest.mark.parametrize("contenu", [xlsx(), ods()], ids=["xlsx", "ods"])
def test_rows_keep_their_numbers_and_their_texts(contenu):
    assert lignes(contenu) == [(2, ["84", "Auvergne"]), (3, ["11", "Île-de-France"])]


def fusionner(livre):
    livre.active.merge_cells("A3:A4")


@pytest.mark.parametrize(
    "contenu",
    [
        xlsx(geste=fusionner),
        ods(
            *[rangee(*ligne) for ligne in BASE[:2]],
            rangee("11", "Île", cellule=SUR_DEUX.format("rows")),
        ),
        ods(
            *[rangee(*ligne) for ligne in BASE[:2]],
            rangee("11", cellule=SUR_DEUX.format("columns")),
        ),
    ],
    ids=["xlsx", "ods rows", "ods columns"],
)
def test_merged_cells_in_the_table_are_refused(contenu):
    with pytest.raises(FichierRefuse, match="cellules fusionnées"):
        lignes(contenu)


def masquer(livre):
    livre.active.row_dimensions[2].hidden = True
    livre.active.row_dimensions[3].hidden = True


@pytest.mark.parametrize(
    "contenu",
    [
        xlsx(geste=masquer),
        ods(
            rangee("code", "nom"),
            rangee("84", "A", attributs=CACHEES),
        ),
    ],
    ids=["xlsx", "ods"],
)
def test_hidden_rows_are_read_and_counted(contenu):
    assert len(lignes(contenu)) == 2
    assert "2 lignes masquées" in remarques(contenu)


COLONNE = "<table:table-column {}/>"
COLLAPSE = 'table:visibility="collapse"'


def masquer_des_colonnes(livre):
    """The second one, and all those beyond the table."""
    livre.active.column_dimensions["B"].hidden = True
    livre.active.column_dimensions.group("D", "XFD", hidden=True)


@pytest.mark.parametrize(
    "contenu",
    [
        xlsx([["code", "nom", "x"], ["84", "A", "b"]], geste=masquer_des_colonnes),
        ods(
            COLONNE.format(""),
            COLONNE.format(COLLAPSE),
            COLONNE.format(FOIS.format("columns", 1)),
            COLONNE.format(f"{COLLAPSE} {FOIS.format('columns', 16381)}"),
            rangee("code", "nom", "x"),
            rangee("84", "A", "b"),
        ),
    ],
    ids=["xlsx", "ods"],
)
def test_hidden_columns_of_the_table_are_known_and_read(contenu):
    tableau = lire(contenu, connus=CONNUS)
    assert tableau.masquees == {1}
    assert list(tableau.lignes) == [(2, ["84", "A", "b"])]


def test_a_workbook_that_hides_nothing_has_no_hidden_column():
    assert [lire(c, connus=CONNUS).masquees for c in (xlsx(), ods())] == [set(), set()]


def test_an_error_of_a_formula_is_not_an_empty_cell():
    faute = b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    contenu = xlsx(remplacer=[(b'<c r="B2" t="inlineStr"><is><t>Auvergne</t></is></c>', faute)])
    assert lignes(contenu)[0] == (2, ["84", "#DIV/0!"])


def test_a_formula_never_computed_is_refused():
    with pytest.raises(FichierRefuse, match="résultat n’est pas enregistré"):
        lignes(xlsx([*BASE, ["=1+1", "x"]]))


def test_only_the_sheet_that_is_read_is_judged():
    def ajouter(livre):
        livre.create_sheet("Calculs").append(["=1+1", "=[1]Autre!A1"])
        livre["Calculs"].merge_cells("A1:A9")

    fichier = io.BytesIO()
    fichier.write(xlsx(geste=ajouter))
    with zipfile.ZipFile(fichier, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<x/>")
    assert len(lignes(fichier.getvalue())) == 2
    lie = b'<c r="B2"><f>[1]Feuil1!A1</f><v>Auvergne</v></c>'
    avant = b'<c r="B2" t="inlineStr"><is><t>Auvergne</t></is></c>'
    with pytest.raises(FichierRefuse, match="d’autres classeurs"):
        lignes(xlsx(remplacer=[(avant, lie)]))


def loin(adresse):
    return xlsx(geste=lambda livre: livre.active.__setitem__(adresse, "perdu"))


@pytest.mark.parametrize(
    "contenu",
    [
        loin("XFD1048576"),
        ods(rangee("code", "nom"), rangee("1", attributs=FOIS.format("rows", 1048000)) * 9),
        ods(rangee("code"), rangee("1", cellule=FOIS.format("columns", 16384)) * 999),
        ods(suite=AUTRE.format(rangee("1", attributs=FOIS.format("rows", 9048000)))),
    ],
    ids=["far cell", "repeated rows", "repeated columns", "another sheet"],
)
def test_what_would_fill_the_memory_is_refused_before_it_opens(contenu):
    avant = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FichierRefuse, match=r"très loin|millions de cellules"):
        lignes(contenu)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - avant < 100_000  # kilobytes


def test_the_empty_end_of_a_sheet_weighs_nothing():
    fin = RANGEE.format(
        'table:number-rows-repeated="1048000"',
        '<table:table-cell table:number-columns-repeated="16384"/>',
    )
    assert len(lignes(ods(*[rangee(*ligne) for ligne in BASE], fin))) == 2
    mise_en_forme = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    assert len(lignes(xlsx(remplacer=[(b"</sheetData>", mise_en_forme)]))) == 2


@pytest.mark.parametrize("epoque", [None, CALENDAR_MAC_1904], ids=["1900", "1904"])
def test_dates_hours_and_numbers_are_what_the_spreadsheet_shows(epoque):
    def dater(livre):
        livre.epoch = epoque or livre.epoch

    valeurs = [
        (datetime.date(2024, 2, 29), "2024-02-29"),
        (datetime.datetime(2024, 2, 29, 8, 30, 5), "2024-02-29 08:30:05"),
        (datetime.time(8, 30), "08:30:00"),
        (datetime.timedelta(hours=30), "30:00:00"),
        (True, "oui"),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        ("01004", "01004"),
        ("  a\nb ", "  a\nb "),
    ]
    contenu = xlsx([["code", *map(str, range(10))], [v for v, _ in valeurs]], geste=dater)
    assert lignes(contenu)[0][1] == [texte for _, texte in valeurs]


def test_tabs_and_line_breaks_of_an_ods_are_kept():
    contenu = ods(rangee("code", "nom"), rangee("84", "a<text:tab/>b<text:line-break/>c"))
    assert lignes(contenu) == [(2, ["84", "a\tb\nc"])]


def test_a_sheet_is_chosen_by_its_name_even_hidden():
    def cacher(livre):
        cachee = livre.create_sheet("Cachée")
        cachee.append(["code", "nom"])
        cachee.append(["32", "Hauts-de-France"])
        cachee.sheet_state = "hidden"

    contenu = xlsx([["Lisez-moi"]], geste=cacher)
    assert lignes(contenu, feuille="Cachée") == [(2, ["32", "Hauts-de-France"])]
    assert lire(contenu, connus=CONNUS).feuille == "Données"
    assert "« Cachée », masquée" in remarques(contenu)


def test_a_hidden_sheet_of_an_ods_is_not_the_one_that_is_read():
    cachee = AUTRE.format(rangee("code", "nom") + rangee("32", "B")).replace(
        'table:name="B"', 'table:name="B" table:style-name="ta2"'
    )
    contenu = ods(rangee("Lisez-moi"), suite=cachee)
    style = (
        b'<office:automatic-styles><style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:'
        b'style:1.0" style:name="ta2" style:family="table"><style:table-properties '
        b'table:display="false"/></style:style></office:automatic-styles><office:body>'
    )
    contenu = _avec(contenu, "content.xml", [(b"<office:body>", style)])
    assert lire(contenu, connus=CONNUS).feuille == "Données"
    assert "« B », masquée" in remarques(contenu)
