"""Each screen of agents leads to its page of the guide, and each page of the guide is whole."""

import re
from pathlib import Path

import pytest
from django.urls import resolve, reverse

from config.aide import ECRANS, IMAGES, aide_de_l_ecran
from tests.config.admin.ecrans import ROLES, ecrans, monde_des_ecrans
from tests.monde import une_fois

monde = une_fois(monde_des_ecrans)
AU_PLUS = 120_000  # bytes of one picture


@pytest.mark.parametrize("role", ROLES)
def test_every_screen_leads_to_its_page(role, monde, db, client):
    sans, menees = [], set()
    for adresse, page in ecrans(client, monde[role]):
        if page.templates and "programme/documents/page.html" in {t.name for t in page.templates}:
            continue  # a paper, read and printed as it is
        lien = aide_de_l_ecran(resolve(re.sub(r"[ ?].*", "", adresse)).view_name)
        if lien is None or f'href="{lien.adresse}"' not in page.content.decode():
            sans.append(adresse)
        else:
            menees.add(lien.adresse)
    assert sans == []
    assert len(menees) > 10


@pytest.mark.parametrize("slug", ECRANS)
def test_every_page_reads_and_shows_its_picture(slug, db, client):
    page = client.get(reverse("aide-ecran", args=[slug])).content.decode()
    assert f"<h1>{ECRANS[slug].titre}</h1>" in page
    assert f'alt="{ECRANS[slug].alt}"' in page
    image = IMAGES / f"{slug}.jpg"
    assert 5_000 < image.stat().st_size < AU_PLUS, "make captures"


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
