"""Each page of the guide is whole; `test_html` leads to them from each screen of agents."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse

from config.aide import ECRANS, IMAGES, aide_de_l_ecran

AU_PLUS = 120_000  # bytes of one picture


@pytest.mark.parametrize("slug", ECRANS)
def test_every_page_reads_and_shows_its_picture(slug, db, client):
    page = client.get(reverse("aide-ecran", args=[slug])).content.decode()
    assert f"<h1>{ECRANS[slug].titre}</h1>" in page
    assert f'alt="{ECRANS[slug].alt}"' in page
    image = IMAGES / f"{slug}.jpg"
    assert 5_000 < image.stat().st_size < AU_PLUS, "make captures"


@pytest.mark.parametrize("slug", ECRANS)
def test_every_picture_is_of_a_page_that_stands(slug):
    assert resolve(urlsplit(ECRANS[slug].chemin[0]).path)


def test_nothing_is_left_of_a_page_that_went(db, client):
    assert {image.stem for image in IMAGES.iterdir()} == ECRANS.keys()
    assert {p.stem for p in Path("templates/aide/ecrans").iterdir()} == ECRANS.keys()
    assert client.get(reverse("aide-ecran", args=["nulle-part"])).status_code == 404


def test_no_page_of_the_guide_is_about_nothing(db):
    """Each is the page of some address that the site has."""
    from tests.config.test_adresses_folles import routes

    noms = {f"admin:{m.name}" if r.startswith("admin/") else m.name for r, m in routes()}
    menees = {lien.titre for nom in noms if (lien := aide_de_l_ecran(nom))}
    assert menees == {page.titre for page in ECRANS.values()}
