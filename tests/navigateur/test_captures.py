"""The way to each picture of the guide leads where it is said: `make captures` follows it."""

import pytest

from config.aide import ECRANS
from tests.captures import capturer

PAR_DES_BOUTONS = [slug for slug, page in ECRANS.items() if any(page.chemin[1:])]


@pytest.mark.parametrize("slug", PAR_DES_BOUTONS)
def test_what_a_picture_follows_by_its_name_is_there(slug, connecter, tmp_path):
    image = tmp_path / "image.jpg"
    capturer(connecter(ECRANS[slug].agent), ECRANS[slug], image)
    assert image.stat().st_size > 10_000
