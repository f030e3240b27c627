"""Files as French administrations publish them: taken, or refused in words that help."""

import io

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from echanges.erreurs import FichierRefuse
from echanges.lecture.tableau import Choix, lire
from echanges.registre import resources
from tests import factories
from tests.echanges.outils import analyser, messages

pytestmark = pytest.mark.django_db
ENTETES = "Siren;Nom de l’EPCI;nature;département;population"
SIREN = "247100589"


@pytest.fixture(autouse=True)
def saone_et_loire():
    factories.DepartementFactory(code="71")
    factories.DepartementFactory(code="01")


def epci(texte, encodage="utf-8"):
    """The cells read for the one intercommunalité of this file, by name of attribute."""
    rapport = analyser("intercommunalites", texte.encode(encodage))
    assert messages(rapport) == []
    (plan,) = rapport.plans
    lus = {colonne.nom: apres for colonne, _, apres in plan.changements}
    return lus, [str(remarque) for remarque in rapport.remarques]


ATTENDU = {
    "siren": SIREN,
    "nom": "CA Le Grand Chalon – été",
    "nature": "CA",
    "departement": "71",
    "population": 115156,
}
LIGNE = f"{SIREN};CA Le Grand Chalon – été;CA;71;115 156"
SIMPLE = f"siren;nom;nature;departement;population\r\n{LIGNE}\r\n"


@pytest.mark.parametrize(
    ("texte", "encodage"),
    [
        (SIMPLE, "cp1252"),
        (SIMPLE, "utf-8-sig"),
        (SIMPLE.replace(";", "\t"), "utf-16"),  # « texte Unicode » of Excel
        (SIMPLE.replace(";", "|"), "utf-8"),
        (SIMPLE.replace("\r\n", "\r"), "cp1252"),
        (SIMPLE.replace("\r\n", ";;;\r\n"), "cp1252"),
        (SIMPLE.replace(SIREN, f'"{SIREN}"'), "cp1252"),
        (SIMPLE.replace(SIREN, "247 100 589"), "cp1252"),
        (SIMPLE.replace("115 156", "115\u202f156"), "utf-8"),
        (SIMPLE.replace("115 156", "115\u00a0156,00"), "cp1252"),
        (SIMPLE.replace("departement", '"Département\r\n"'), "cp1252"),
        (SIMPLE.replace("siren", "SIREN "), "utf-8"),
        ("\r\n;;;;\r\n" + SIMPLE, "cp1252"),
        (SIMPLE + ";;;;\r\n\r\n", "cp1252"),
        (SIMPLE + LIGNE + "\r\n", "cp1252"),  # the same row twice
        ("Liste des EPCI au 1er janvier 2023;;;;\r\n;;;;\r\n" + SIMPLE, "cp1252"),
    ],
)
def test_the_same_intercommunalite_is_read_from_each_of_them(texte, encodage):
    lus, _ = epci(texte, encodage)
    assert lus == ATTENDU


def test_a_title_above_the_headers_is_passed_over_and_said():
    _, remarques = epci("Liste des EPCI\r\nSource : Banatic\r\n" + SIMPLE)
    assert remarques == [
        "ligne 1\u202f: texte au-dessus des en-têtes (ligne 3), qui n’est pas importé."
    ]


def test_accents_destroyed_before_the_upload_are_told():
    _, remarques = epci(SIMPLE.replace("été", "Ã©tÃ©"))
    assert "des accents ont sans doute été abîmés" in remarques[0]


@pytest.mark.parametrize("texte", ["NC", "n.c.", "-", "n/a", "ND", "#N/A", "inconnu"])
def test_what_people_write_for_unknown_is_refused_with_what_to_do(texte):
    contenu = f"siren;nom;nature;departement;population\n{SIREN};X;CA;71;{texte}\n"
    (message,) = messages(analyser("intercommunalites", contenu.encode()))
    assert "laissez la cellule vide" in message


@pytest.mark.parametrize(
    ("colonne", "texte", "phrase"),
    [
        ("cout_total", "12 k€", "en euros, en entier"),
        ("date_debut", "45236", "(06/11/2023)"),
        ("date_debut", "12/31/2023", "le mois avant le jour"),
        ("date_debut", "mars 2023", "JJ/MM/AAAA"),
        ("cout_total", "1.23.4", "par exemple 1234,56"),
    ],
)
def test_what_cannot_be_read_says_how_to_write_it(colonne, texte, phrase):
    fiche = factories.FicheActionFactory()
    contenu = f"reference;{colonne}\n{fiche.reference};{texte}\n".encode()
    (message,) = messages(analyser("fiches", contenu))
    assert phrase in message and f"colonne «\u202f{colonne}\u202f»" in message


@pytest.mark.parametrize(
    "texte", ["1 234,50 €", "1.234,50", "1,234.50", "1234,5", "1\u202f234,50 EUR"]
)
def test_amounts_are_read_as_people_write_them(texte):
    fiche = factories.FicheActionFactory()
    contenu = f"reference;cout_total\n{fiche.reference};{texte}\n".encode()
    (plan,) = analyser("fiches", contenu).plans
    assert str(plan.changements[0][2]).rstrip("0") == "1234.5"


def test_the_person_settles_dates_and_numbers_that_could_be_read_two_ways():
    fiche = factories.FicheActionFactory()
    contenu = f"reference;date_debut;cout_total\n{fiche.reference};12/03/2019;1,234\n".encode()
    (message,) = messages(analyser("fiches", contenu))
    assert "2 chiffres après la virgule" in message
    rapport = resources()["fiches"]().analyser(contenu, choix=Choix(dates="mja", nombres="point"))
    (plan,) = rapport.plans
    assert [str(apres) for _, _, apres in plan.changements] == ["2019-12-03", "1234"]
    assert "dates MM/JJ/AAAA" in rapport.tableau.reconnu()


def test_a_quote_in_the_middle_of_a_cell_says_to_double_it():
    with pytest.raises(FichierRefuse, match="doit être doublé"):
        list(lire(b'code;nom\n71;"CA "Grand" Chalon"\n').lignes)


# --- Workbooks ------------------------------------------------------------------------------


def xlsx(*feuilles):
    livre = Workbook()
    livre.remove(livre.active)
    for nom, lignes, fusions in feuilles:
        feuille = livre.create_sheet(nom)
        for ligne in lignes:
            feuille.append(ligne)
        for fusion in fusions:
            feuille.merge_cells(fusion)
    sortie = io.BytesIO()
    livre.save(sortie)
    return sortie.getvalue()


TABLE = [["siren", "nom"], [247100589.0, "CA"]]


def test_another_sheet_can_be_chosen_and_a_missing_one_names_those_there_are():
    contenu = xlsx(("Notice", [["Lisez-moi"]], ()), ("Données", TABLE, ()))
    assert lire(contenu).feuilles == ["Notice", "Données"]
    assert list(lire(contenu, choix=Choix(feuille="Données")).lignes) == [(2, [SIREN, "CA"])]
    with pytest.raises(FichierRefuse, match="Notice, Données"):
        lire(contenu, choix=Choix(feuille="Autre"))


def test_merged_cells_are_taken_in_a_title_and_refused_in_the_table():
    lignes = [["Liste des EPCI", None], *TABLE, [None, None]]
    titre = xlsx(("A", lignes, ["A1:B1"]))
    assert list(lire(titre, connus=["siren", "nom"]).lignes) == [(3, [SIREN, "CA"])]
    with pytest.raises(FichierRefuse, match="cellules fusionnées"):
        lire(xlsx(("A", lignes, ["A3:A4"])), connus=["siren", "nom"])


def test_a_formula_that_was_never_computed_does_not_empty_its_field():
    with pytest.raises(FichierRefuse, match="formules"):
        lire(xlsx(("A", [["siren", "nom"], [247100589, "=B1"]], ())))


def test_the_noise_of_binary_numbers_is_not_read():
    contenu = xlsx(("A", [["reference", "cout_total"], ["X", 0.1 + 0.2]], ()))
    assert list(lire(contenu).lignes) == [(2, ["X", "0.3"])]


def ods(lignes):
    document = OpenDocumentSpreadsheet()
    feuille = Table(name="Données")
    for ligne in lignes:
        rangee = TableRow()
        for options, texte in ligne:
            cellule = TableCell(**options)
            if texte:
                cellule.addElement(P(text=texte))
            rangee.addElement(cellule)
        feuille.addElement(rangee)
    document.spreadsheet.addElement(feuille)
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def test_an_ods_reads_as_a_csv_would_with_its_repeated_cells():
    texte = {"valuetype": "string"}
    contenu = ods(
        [
            [(texte, "siren"), (texte, "nom"), (texte, "population"), (texte, "dissoute_le")],
            [
                ({"valuetype": "float", "value": "247100589"}, "247 100 589"),
                (texte, "CA Le Grand Chalon"),
                ({"valuetype": "float", "value": "115156"}, "115 156"),
                ({"valuetype": "date", "datevalue": "2020-01-01"}, "1er janvier 2020"),
            ],
            [({"numbercolumnsrepeated": "1000000"}, "")],
        ]
    )
    tableau = lire(contenu)
    assert tableau.reconnu() == "classeur, feuille «\u202fDonnées\u202f»"
    assert list(tableau.lignes) == [(2, [SIREN, "CA Le Grand Chalon", "115156", "2020-01-01"])]
