"""A list of codes, as people paste or upload it: recognised, or refused with the reason."""

import io

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from territoires.geographie.codes import lire_codes, lire_fichier
from tests.factories.geographie import CommuneFactory, IntercommunaliteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def membres():
    """An intercommunalité, and communes whose codes a spreadsheet may spoil or a person write."""
    return [IntercommunaliteFactory(), CommuneFactory(code="01004"), CommuneFactory(code="2A004")]


def test_a_list_is_recognised_whatever_stands_between_the_codes(membres):
    siren = membres[0].siren
    groupe = f"{siren[:3]} {siren[3:6]}\u00a0{siren[6:]}"
    for texte in (
        f"{groupe};1004\n2a004",
        f"\ufeff{siren}, 01004, 2A004",
        f"« {siren} »\r\n'1004'\r\n\r\n\"2A004\"",
        f"{siren}|1004|2A004",
    ):
        liste = lire_codes(texte)
        assert (liste.membres, liste.refus) == (membres, {}), texte


@pytest.mark.parametrize(
    "texte",
    [
        "N° SIREN;Nom;Population\n{siren};CC du Val;27001\n01004;Ambérieu, en Bugey;14000\n2A004;;",
        'nom\tCode Insee\n"CC\tdu Val"\t{siren}\nAmbérieu\t1004\nAjaccio\t2A004',
        "membre\n{siren}\n01004 2A004",
    ],
)
def test_the_header_says_which_column_holds_the_codes(texte, membres):
    liste = lire_codes(texte.format(siren=membres[0].siren))
    assert (liste.membres, liste.refus) == (membres, {})


def test_each_refusal_says_why_and_names_the_codes_as_they_were_written(membres):
    siren, inconnu = membres[0].siren, IntercommunaliteFactory.build().siren
    liste = lire_codes(f"{siren} {siren} 1004", f"01004 bonjour 123456789 99999 {inconnu}")
    liste_abimee = lire_codes(f"2,0001E+08\n{siren}00012\n12")
    assert liste.phrases == [
        f"Ces codes figurent plusieurs fois dans la liste\u202f: {siren}, 01004.",
        "Ce ne sont pas des codes (neuf chiffres pour un SIREN, cinq caractères pour un code "
        "Insee). Dans une liste de plusieurs colonnes, écrivez «\u202fsiren\u202f» ou "
        "«\u202finsee\u202f» en tête de celle des codes\u202f: bonjour.",
        "Ces SIREN sont mal recopiés, leur clé de contrôle est fausse\u202f: 123456789.",
        f"Aucune intercommunalité ni commune connue ne porte ces codes\u202f: 99999, {inconnu}.",
    ]
    assert list(liste_abimee.refus.values()) == [
        ["2,0001E+08"],
        [f"{siren}00012"],
        ["12"],
    ]


def test_files_of_spreadsheets_are_read(membres):
    siren = membres[0].siren
    classeur, octets = Workbook(), io.BytesIO()
    for ligne in (["Siren", "Nom"], [int(siren), "CC du Val"], ["01004", "Ambérieu"]):
        classeur.active.append(ligne)
    classeur.save(octets)
    texte = f"Siren;Intercommunalité\r\n{siren};Val d’Été\r\n01004;Ambérieu\r\n"
    fichiers = [octets.getvalue(), *(texte.encode(code) for code in ("cp1252", "utf-8-sig"))]
    for contenu in fichiers:
        assert lire_codes(lire_fichier(contenu)).membres == membres[:2]


@pytest.mark.parametrize(
    ("contenu", "message"), [(b"%PDF-1.7 abc", "un document PDF"), (b"PK\x03\x04abc", "abîmé")]
)
def test_a_file_that_is_no_list_is_refused_in_words(contenu, message):
    with pytest.raises(ValidationError, match=message):
        lire_fichier(contenu)
