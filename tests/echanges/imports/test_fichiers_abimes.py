"""The same intercommunalité, spoiled in every way that spreadsheets know: read right, or said."""

import io
import unicodedata

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.dimensions import RowDimension

from echanges.erreurs import FichierRefuse
from tests import factories
from tests.echanges.outils import analyser, messages

pytestmark = pytest.mark.django_db
SIREN = "247100589"
VALEURS = [SIREN, "CA d’Évry – été, forêt", "CA", "71", 115156]
ENTETES = ["siren", "nom", "nature", "departement", "population"]
LIGNE = ";".join(map(str, VALEURS))
BON = f"{';'.join(ENTETES)}\r\n{LIGNE}\r\n"


@pytest.fixture(autouse=True)
def departements():
    factories.DepartementFactory(code="71", nom="Saône-et-Loire")
    factories.DepartementFactory(code="01", nom="Ain")


def lu(contenu, nom="intercommunalites"):
    """(values of the one row that this file creates, remarks)."""
    rapport = analyser(nom, contenu)
    assert messages(rapport) == []
    (plan,) = rapport.plans
    return [apres for _, _, apres in plan.changements], [str(r) for r in rapport.remarques]


def entre_guillemets(texte, separateur=";"):
    """Each row whole in one quoted cell, its own quotes doubled."""
    return "".join(
        '"' + ligne.replace('"', '""') + '"\r\n'
        for ligne in texte.replace(";", separateur).splitlines()
    )


VIRGULES = BON.replace(VALEURS[1], f'"{VALEURS[1]}"').replace(";", ",")
TEXTES = {
    "sep=": (f"sep=;\r\n{BON}", "cp1252"),
    "sep= with BOM": (f"sep=;\r\n{BON}", "utf-8-sig"),
    "sep= quoted": (f'"sep=;"\r\n{BON}', "cp1252"),
    "MacRoman": (BON.replace("\r\n", "\r"), "mac_roman"),
    "MS-DOS": (BON.replace("’", "'").replace("–", "-"), "cp850"),
    "MS-DOS end of file": (f"{BON}\x1a", "cp1252"),
    "UTF-16 big endian": ("\ufeff" + BON.replace(";", "\t"), "utf-16-be"),
    "two BOM": (f"\ufeff{BON}", "utf-8-sig"),
    "decomposed accents": (unicodedata.normalize("NFD", BON), "utf-8"),
    "line ends of three systems": (BON.replace("\r\n", "\n", 1).replace("\r\n", "\r"), "utf-8"),
    "doubled line ends": (BON.replace("\r\n", "\r\r\n"), "cp1252"),
    "no final line end": (BON.rstrip(), "cp1252"),
    "rows in quotes": (entre_guillemets(BON), "cp1252"),
    "rows in quotes, commas": (entre_guillemets(VIRGULES, ","), "cp1252"),
    "some rows in quotes": (
        VIRGULES.splitlines()[0] + "\r\n" + entre_guillemets(VIRGULES.splitlines()[1]),
        "utf-8",
    ),
    "every cell in quotes": (
        "\r\n".join('"' + ligne.replace(";", '";"') + '"' for ligne in BON.splitlines()),
        "cp1252",
    ),
    "spaces around": (BON.replace(";", " ; "), "cp1252"),
    "title that is a header": (f"Population;;;;\r\n{BON}", "cp1252"),
    "two rows of headers": (f"Identité;;;Lieu;Chiffres\r\n{BON}", "cp1252"),
    "N° SIREN": (BON.replace("siren", "N° SIREN"), "cp1252"),
    "Numéro de SIREN": (BON.replace("siren", "Numéro de SIREN"), "utf-8"),
    "Code département": (BON.replace("departement", "CODE_DEPARTEMENT"), "utf-8"),
    "empty column": (BON.replace(";CA;", ";;CA;").replace(";nature", ";;nature"), "utf-8"),
    "SIREN as text": (BON.replace(SIREN, f"'{SIREN}"), "utf-8"),
    "SIREN as formula": (BON.replace(SIREN, f'="{SIREN}"'), "utf-8"),
    "SIREN with decimals": (BON.replace(SIREN, f"{SIREN},00"), "utf-8"),
    "SIREN as float": (BON.replace(SIREN, f"{SIREN}.0"), "utf-8"),
    "SIREN with points": (BON.replace(SIREN, "247.100.589"), "utf-8"),
    "invisible space": (BON.replace(SIREN, f"\u200b{SIREN}"), "utf-8"),
    "population in thin spaces": (BON.replace("115156", "115\u2009156"), "utf-8"),
}


@pytest.mark.parametrize(("texte", "encodage"), TEXTES.values(), ids=TEXTES)
def test_what_is_spoiled_without_doubt_is_read_right(texte, encodage):
    valeurs, _ = lu(texte.encode(encodage))
    valeurs[1] = unicodedata.normalize("NFC", valeurs[1])
    typographie = str.maketrans("’–", "'-")
    attendu = [str(valeur).translate(typographie) for valeur in VALEURS]
    assert [str(valeur).translate(typographie) for valeur in valeurs] == attendu


def xlsx(*feuilles, geste=lambda livre: None):
    livre = Workbook()
    livre.remove(livre.active)
    for nom, lignes in feuilles:
        feuille = livre.create_sheet(nom)
        for ligne in lignes:
            feuille.append(ligne)
    geste(livre)
    sortie = io.BytesIO()
    livre.save(sortie)
    return sortie.getvalue()


TABLE = [ENTETES, [float(SIREN), *VALEURS[1:3], 71.0, 115156.0]]
MARGE = [[], ["", "Population des EPCI"], *[["", *ligne] for ligne in TABLE]]


def masquer_la_notice(livre):
    livre["Notice"].sheet_state = "hidden"


@pytest.mark.parametrize(
    "contenu",
    [
        xlsx(("A", TABLE)),
        xlsx(("A", MARGE)),
        xlsx(("Notice", [["Lisez-moi"], ["nom"]]), ("Données", TABLE)),
        xlsx(("Vide", []), ("Données", TABLE)),
        xlsx(("Notice", TABLE + TABLE), ("Données", TABLE), geste=masquer_la_notice),
    ],
    ids=["floats", "margin and title", "notice first", "empty sheet first", "hidden sheet first"],
)
def test_the_table_is_found_where_it_stands_in_a_workbook(contenu):
    assert lu(contenu)[0] == VALEURS


def test_what_the_person_may_not_see_in_their_workbook_is_told():
    def filtrer(livre):
        feuille = livre["Données"]
        feuille.row_dimensions[2] = RowDimension(feuille, index=2, hidden=True)
        feuille.column_dimensions["B"].hidden = True

    contenu = xlsx(("Notice", [["Lisez-moi"]]), ("Données", TABLE), geste=filtrer)
    assert lu(contenu)[1] == [
        f"colonne masquée, lue comme les autres : « {ENTETES[1]} ».",
        "seule la feuille «\u202fDonnées\u202f» est lue\u202f; il y a aussi «\u202fNotice\u202f».",
        "1 ligne masquée est lue comme les autres.",
    ]


def test_a_calculation_that_failed_is_told_even_in_a_text():
    _, remarques = lu(BON.replace(VALEURS[1], "#N/A").encode())
    assert "n’a pas pu calculer" in remarques[0]


@pytest.mark.parametrize(
    ("ecrit", "lue"),
    [
        ("09/11/2023", "2023-11-09"),
        ("9.11.2023", "2023-11-09"),
        ("2023/11/09", "2023-11-09"),
        ("2023-11-09T00:00:00", "2023-11-09"),
        ("2023-11-09T00:00:00.000+01:00", "2023-11-09"),
        ("09/11/2023 00:00", "2023-11-09"),
        ("'09/11/2023", "2023-11-09"),
        ("jeudi 9 novembre 2023", "2023-11-09"),
        ("1er févr. 2024", "2024-02-01"),
        ("9/11/23", "écrivez l’année en entier, par exemple 09/11/2023"),
        ("09/11/2023 14:30", "sans l’heure"),
        ("45239.0", "(09/11/2023)"),
        ("nov-23", "précisez le jour"),
        ("11/2023", "précisez le jour"),
        ("#REF!", "n’a pas pu calculer"),
        ("31 février 2023", "calendrier"),
    ],
)
def test_a_date_is_read_or_said_how_to_write(ecrit, lue):
    fiche = factories.FicheActionFactory()
    rapport = analyser("fiches", f"reference;date_debut\n{fiche.reference};{ecrit}\n".encode())
    dit = messages(rapport) + [str(apres) for p in rapport.plans for _, _, apres in p.changements]
    assert len(dit) == 1 and lue in dit[0]


@pytest.mark.parametrize(
    ("ecrit", "lu_ou_dit"),
    [
        ("1004", "01004"),
        ("1004.0", "01004"),
        ("'01004", "01004"),
        ('="01004"', "01004"),
        ("2a 004", "2A004"),
        ("1", "cinq caractères"),
        ("1.004", "cinq caractères"),
        ("O1004", "cinq caractères"),
    ],
)
def test_an_insee_code_loses_one_zero_at_most(ecrit, lu_ou_dit):
    rapport = analyser("communes", f"Code INSEE;nom;departement\n{ecrit};X;1\n".encode())
    dit = messages(rapport) or [apres for p in rapport.plans for _, _, apres in p.changements]
    assert lu_ou_dit in dit[0]


@pytest.mark.parametrize(
    ("avant", "apres", "phrase"),
    [
        ("115156", "115.156", "sépare les milliers"),
        ("115156", "0,45", "écrivez 45"),
        ("115156", "1,15E+05", "format Nombre"),
        ("115156", "########", "n’a pas pu calculer ou montrer"),
        (SIREN, f"{SIREN}00013", "est un SIRET"),
        (SIREN, "2,47101E+08", "format Texte"),
        (";CA;", ";Com. d'agglo;", "la plus proche est CA (communauté d’agglomération)"),
        (";CA;", ";Communauté urbain;", "la plus proche est CU"),
        (";71;", ";Saône-et-Loir;", "la plus proche est 71 (Saône-et-Loire)"),
    ],
)
def test_what_is_lost_is_refused_with_what_to_do(avant, apres, phrase):
    (message,) = messages(analyser("intercommunalites", BON.replace(avant, apres).encode()))
    assert message.startswith("ligne 2, colonne") and phrase in message


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (BON.replace("Évry", "É\x00vry"), "caractères nuls .ligne 2"),
        (
            BON.replace("siren", "zone").replace(SIREN, "x").replace("nature", "genre"),
            "zone.*genre",
        ),
        ('[{"siren": "247100589"}]', "JSON"),
        ("\r\n <!doctype HTML><table>", "page internet"),
        ("{\\rtf1 siren}", "RTF"),
        ("\x00\x00\x00\x18ftypheic", "photo"),
    ],
)
def test_what_is_no_table_is_refused_in_words(contenu, phrase):
    with pytest.raises(FichierRefuse, match=phrase):
        analyser("intercommunalites", contenu.encode())


def test_bytes_that_no_spreadsheet_writes_are_no_table():
    with pytest.raises(FichierRefuse, match="aucun tableur"):
        analyser("intercommunalites", bytes(range(1, 256)))
