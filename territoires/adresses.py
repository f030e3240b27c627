"""Addresses asked many times on one page: finding one costs more than all the rest of its link."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=5000)
def adresse(nom, *arguments):
    return reverse(nom, args=arguments)
