import io
import zipfile

import pytest
from openpyxl import Workbook

from echanges.erreurs import FichierRefuse
from echanges.lecture.tableau import lire

ATTENDU = [["01004", "Ambérieu-en-Bugey"], ["2A004", "Œuvre, «\u00a0à\u00a0» l’été"]]


def lignes(tableau):
    return [cellules for _, cellules in tableau.lignes]


@pytest.mark.parametrize("separateur", [";", ",", "\t"])
@pytest.mark.parametrize("retour", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_every_usual_dialect_gives_the_same_rows(encodage, retour, separateur):
    rangees = [["code", "nom"], *ATTENDU]
    texte = retour.join(separateur.join(f'"{c}"' for c in r) for r in rangees) + retour
    tableau = lire(texte.encode(encodage), connus=["code", "nom"])
    assert tableau.entetes == ["code", "nom"]
    assert lignes(tableau) == ATTENDU
    assert tableau.separateur == separateur


def test_it_says_what_it_recognised():
    tableau = lire("code;nom\r\n01;Été\r\n".encode("cp1252"))
    assert tableau.reconnu() == "Windows-1252, séparateur : point-virgule, fins de ligne CRLF"


def test_known_headers_settle_the_separator():
    tableau = lire(b"code;nom, long\n01;a, b, c\n", connus=["code"])
    assert tableau.entetes == ["code", "nom, long"]


def test_a_blank_first_line_broken_headers_and_trailing_separators_are_taken():
    tableau = lire(b';;;\r\ncode;"nom de la\r\ncommune";;\r\n01004;Bourg;;\r\n;;;\r\n')
    assert tableau.entetes == ["code", "nom de la commune"]
    assert list(tableau.lignes) == [(4, ["01004", "Bourg", "", ""])]


def test_a_line_number_is_that_of_the_file_even_after_a_broken_cell():
    tableau = lire(b'code,nom\n1,"a\nb"\n2,c\n')
    assert [numero for numero, _ in tableau.lignes] == [2, 4]


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf \r\n", "vide"),
        (b"\x89PNG\r\n\x1a\n0000", "image PNG"),
        (b"\xff\xd8\xff\xe0 photo", "image JPEG"),
        (b"code,nom\n1,a\x00b\n2,c\n", "caractères nuls"),
        (b'code,nom\n1,"a\n', "guillemet"),
        (",".join(f"c{n}" for n in range(1300)).encode() + b"\n1\n", "1300 colonnes"),
        ("nom\nété\n".encode() + "été\n".encode("cp1252"), "sauf la ligne 3"),
        (b"PK\x03\x04 rien", "abîmé"),
    ],
)
def test_what_is_not_a_table_is_refused_in_words(contenu, phrase):
    with pytest.raises(FichierRefuse, match=phrase):
        lire(contenu)


def test_a_cell_of_ten_megabytes_is_refused():
    with pytest.raises(FichierRefuse, match="démesurée"):
        lire(b"code,nom\n1," + b"a" * 10_000_000 + b"\n")


def classeur(**fichiers):
    livre = Workbook()
    livre.active.title = "Communes"
    livre.active.append(["code", "population", "pilote"])
    livre.active.append(["01004", 15156.0, True])
    sortie = io.BytesIO()
    livre.save(sortie)
    with zipfile.ZipFile(sortie, "a", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in fichiers.items():
            archive.writestr(nom, contenu)
    return sortie.getvalue()


def test_a_workbook_reads_as_a_csv_would():
    tableau = lire(classeur())
    assert tableau.reconnu() == "classeur, feuille « Communes »"
    assert list(tableau.lignes) == [(2, ["01004", "15156", "oui"])]


@pytest.mark.parametrize(
    ("fichiers", "phrase"),
    [
        ({"xl/bombe.xml": b"0" * 30_000_000}, "démesuré"),
        ({"xl/vbaProject.bin": b"x"}, "macros"),
    ],
)
def test_a_dangerous_workbook_is_not_opened(fichiers, phrase):
    with pytest.raises(FichierRefuse, match=phrase):
        lire(classeur(**fichiers))
