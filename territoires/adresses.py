"""Addresses asked many times on one page: finding one costs more than all the rest of its link."""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse


def adresse(nom, *arguments):
    return _trouvee(settings.ROOT_URLCONF, nom, *arguments)


@lru_cache(maxsize=5000, typed=True)
def _trouvee(urlconf, nom, *arguments):
    return reverse(nom, urlconf, arguments)
