"""Columns are written as fast as can be, and exactly as the csv module writes rows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from echanges.dialectes import EXCEL, MACHINE
from echanges.exports.csv import encoder, encoder_colonnes

CELLULE = st.text(st.sampled_from("a é,;\"\n\r\t'=\u2028"), max_size=4)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELLULE, min_size=n, max_size=n))))
def test_columns_give_the_bytes_of_their_rows(lignes):
    for dialecte in (EXCEL, MACHINE):
        colonnes = list(zip(*lignes, strict=True))
        attendu = encoder(lignes, dialecte)
        assert (encoder_colonnes(colonnes, dialecte) if lignes else b"") == attendu
