"""Codes that are no commune of today: what became of them, and the SIREN of a commune.

Source: `@etalab/decoupage-administratif` 6.0.0 (Insee, code officiel géographique), under the
Licence Ouverte.
"""

import csv
import re
from functools import cache
from pathlib import Path

from territoires.champs import siren_valide

FICHIER = Path(__file__).with_name("anciennes.csv")
# A commune's SIREN is 21, its département, and its rank there; those made since have others.
SIREN_DE_COMMUNE = re.compile(r"21(\d{2})(\d)(\d{3})\d")
COLLECTIVITES = re.compile(r"97[578]\d{2}|98[678]\d{2}")


@cache
def _anciennes():
    """{former code: (its name, empty when it changed code alone; code of today)}"""
    with FICHIER.open(encoding="utf-8", newline="") as fichier:
        return {a: (nom, code) for a, nom, code in list(csv.reader(fichier))[1:]}


def ancienne(code):
    """(name it had, code of the commune that holds it today), None for no former commune."""
    return _anciennes().get(code)


def d_une_collectivite(code):
    """Whether this commune lies overseas where no territoire is (975, 977, 978, 986 to 988)."""
    return COLLECTIVITES.fullmatch(code) is not None


def code_du_siren(siren):
    """The INSEE code that the SIREN of a commune hides, None for any other SIREN."""
    trouve = SIREN_DE_COMMUNE.fullmatch(siren)
    if not trouve or not siren_valide(siren):
        return None
    departement, suite, rang = trouve.groups()
    if departement in ("97", "98"):
        return f"{departement}{suite}{rang[1:]}"
    return f"{departement}{rang}" if suite == "0" else None
