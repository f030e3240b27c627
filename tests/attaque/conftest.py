"""Thousands of refusals are what an attack is made of: they are not worth a line each."""

import logging

import pytest


@pytest.fixture(autouse=True)
def _sans_bruit():
    journaux = [logging.getLogger(nom) for nom in ("django.request", "django.security", "sante")]
    niveaux = [journal.level for journal in journaux]
    for journal in journaux:
        journal.setLevel(logging.CRITICAL)
    yield
    for journal, niveau in zip(journaux, niveaux, strict=True):
        journal.setLevel(niveau)
