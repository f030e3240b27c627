"""Each page of the agents has a name of its own: a second one would hide the first."""

from collections import Counter

from django.contrib import admin


def test_no_page_takes_the_name_of_another():
    for page in admin.site._registry.values():
        noms = Counter(url.name for url in page.urls if url.name)
        assert [nom for nom, fois in noms.items() if fois > 1] == [], page
