"""Without script the dark is that of the DSFR that is installed."""

from config.habillage.sombre import FEUILLE, feuille


def test_the_sheet_is_that_of_the_installed_dsfr():
    assert FEUILLE.read_text(encoding="utf-8") == feuille()
    assert "--grey-1000-50:#161616" in feuille()
