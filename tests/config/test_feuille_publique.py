"""The public style sheet is the part of the design system that our pages use."""

from config.habillage.public import FEUILLE, SYSTEME, blocs, est_utile, feuille, separer


def test_the_sheet_is_drawn_from_the_installed_design_system_and_from_our_templates():
    """After a new class: `python -m config.habillage.public`."""
    assert FEUILLE.read_text(encoding="utf-8") == feuille()


def test_every_picture_and_font_that_it_names_exists():
    for morceau in feuille().split("url(")[1:]:
        adresse = morceau.partition(")")[0].strip("'\"").partition("#")[0].partition("?")[0]
        if not adresse.startswith("data:") and adresse:
            assert (SYSTEME / "static" / adresse.removeprefix("../")).is_file(), adresse


def test_what_no_page_names_is_left_out_and_the_rest_stays():
    css = feuille()
    assert ".fr-breadcrumb__link" in css and ":root" in css and "@font-face" in css
    assert "fr-transcription" not in css
    assert len(css) < 300_000
    assert est_utile("a:not(.fr-inconnu):hover") and not est_utile(".fr-inconnu a")
    assert separer("a:is(b,c),d") == ["a:is(b,c)", "d"]
    assert list(blocs("@media x{a{b:c}}d{e:f}")) == [("@media x", "a{b:c}"), ("d", "e:f")]
