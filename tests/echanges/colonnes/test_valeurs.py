import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echanges.colonnes.valeurs import Code, Date, Entier, Heure, Instant, Nombre, OuiNon
from echanges.dialectes import DIALECTES, EXCEL, FORMATS, neutraliser, restaurer
from echanges.erreurs import Illisible


@given(st.text())
def test_neutralising_is_exactly_undone(texte):
    assert restaurer(neutraliser(texte)) == texte


@pytest.mark.parametrize("texte", ["=1+1", "+33 1", "-2", "@moi", "\tx", "\rx", "'=x", "'"])
def test_no_spreadsheet_runs_a_neutralised_text(texte):
    assert neutraliser(texte) == "'" + texte


def test_an_apostrophe_that_guards_nothing_stays():
    assert restaurer("'s-Hertogenbosch") == "'s-Hertogenbosch"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
@pytest.mark.parametrize("dialecte", DIALECTES.values(), ids=lambda d: d.nom)
def test_numbers_come_back(dialecte, nombre):
    assert Nombre().clean(Nombre().render(nombre, dialecte=dialecte)) == nombre


@given(st.dates())
@pytest.mark.parametrize("dialecte", DIALECTES.values(), ids=lambda d: d.nom)
def test_dates_come_back(dialecte, date):
    assert Date().clean(Date().render(date, dialecte=dialecte)) == date


@given(
    st.datetimes(
        min_value=datetime.datetime(1972, 1, 1),
        max_value=datetime.datetime(2100, 1, 1),
        timezones=st.just(datetime.UTC),
    )
)
@pytest.mark.parametrize("dialecte", DIALECTES.values(), ids=lambda d: d.nom)
def test_instants_come_back_even_in_the_hour_that_is_lived_twice(dialecte, instant):
    assert Instant().clean(Instant().render(instant, dialecte=dialecte)) == instant


@given(st.times())
def test_hours_come_back(heure):
    assert Heure().clean(Heure().render(heure)) == heure


@pytest.mark.parametrize(
    "texte", ["9:30", "09:30:00", "9h30", "9 h 30", "9\u00a0h\u00a030", "'09:30"]
)
def test_hours_are_read_as_the_french_write_them(texte):
    assert Heure().clean(texte) == datetime.time(9, 30)
    assert Heure().clean("14 h") == datetime.time(14)


@pytest.mark.parametrize(
    "texte", ["1234,56", "1 234,56", "1\u202f234,56", "1\u00a0234.56", "1.234,56", "1234.56"]
)
def test_french_and_machine_numbers_are_read(texte):
    assert Nombre().clean(texte) == Decimal("1234.56")


@pytest.mark.parametrize("texte", ["15156", "15 156", "15\u202f156", "15156.0", "15156,00"])
def test_whole_numbers_are_read_with_their_spaces(texte):
    assert Entier().clean(texte) == 15156


@pytest.mark.parametrize(
    ("valeur", "texte", "phrase"),
    [
        (Entier(), "douze", "nombre entier"),
        (Entier(), "1,5", "nombre entier"),
        (Nombre(), "douze mille", "nombre"),
        (Nombre(), "NaN", "nombre"),
        (Date(), "31/02/2023", "calendrier"),
        (Date(), "3/4/23", "JJ/MM/AAAA"),
        (OuiNon(), "peut-être", "oui ou non"),
        (Code(9), "2,0001E+08", "format Texte"),
    ],
)
def test_a_wrong_value_says_what_was_expected(valeur, texte, phrase):
    with pytest.raises(Illisible, match=phrase):
        valeur.clean(texte)


def test_the_cell_of_an_excel_formula_that_guards_a_code_is_read():
    assert Code(5).clean('="01004"') == "01004"


def test_excel_shows_decimals_and_dates_as_the_french_write_them():
    assert Nombre().render(Decimal("1234.56"), dialecte=EXCEL) == "1234,56"
    assert Date().render(datetime.date(2023, 11, 9), dialecte=EXCEL) == "09/11/2023"


@pytest.mark.parametrize("dialecte", FORMATS.values(), ids=lambda d: d.nom)
@pytest.mark.parametrize(
    ("texte", "a_l_abri"),
    [
        ("- un tiret, une phrase", {"excel"}),
        ("-12 % d’émissions", {"excel"}),
        ("-2+3+cmd|' /C calc'!A0", {"excel", "machine"}),
        ("-SOMME(A1:A9)", {"excel", "machine"}),
        ("=1+1", set(FORMATS)),
        ("'-x", set(FORMATS)),
    ],
)
def test_a_dash_is_guarded_only_where_a_spreadsheet_would_run_it(dialecte, texte, a_l_abri):
    ecrit = neutraliser(texte, dialecte)
    assert (ecrit == "'" + texte) is (dialecte.nom in a_l_abri)
    assert restaurer(ecrit) == texte
