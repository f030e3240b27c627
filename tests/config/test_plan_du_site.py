"""What search engines read costs two queries a section, whatever it holds."""

import pytest
from django.urls import reverse

from tests import factories as f

pytestmark = pytest.mark.django_db
SECTIONS = ["editions", "regions", "territoires", "conventions", "contrats", "bonnes-pratiques"]


@pytest.mark.parametrize("combien", [1, 3])
@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_is_counted_and_read(client, django_assert_num_queries, combien, section):
    for _ in range(combien):
        territoire = f.territoire_publie(f.RegionFactory())
        f.ContratFactory(territoire=territoire)
        f.ConventionFactory(publiee=True)
        f.bonne_pratique_publiee(territoire=territoire)
    with django_assert_num_queries(2):
        client.get(reverse("plan-du-site-section", args=[section]))
