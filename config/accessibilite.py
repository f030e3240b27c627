"""The audit of the site by the 106 criteria of the RGAA 4.1, as data, and what follows from it.

`rgaa.csv` has one row a criterion: its number, what it asks, its state (C, NC, NA), the evidence
and the day it was looked at. A row that fails says in its evidence what does, for the statement.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

DONNEES = Path(__file__).with_name("rgaa.csv")
CONFORME, NON_CONFORME, SANS_OBJET = "C", "NC", "NA"
ETATS = {CONFORME: "conforme", NON_CONFORME: "non conforme", SANS_OBJET: "sans objet"}
THEMES = (
    "Images",
    "Cadres",
    "Couleurs",
    "Multimédia",
    "Tableaux",
    "Liens",
    "Scripts",
    "Éléments obligatoires",
    "Structuration de l’information",
    "Présentation de l’information",
    "Formulaires",
    "Navigation",
    "Consultation",
)


@dataclass(frozen=True)
class Critere:
    numero: str
    intitule: str
    etat: str
    preuve: str
    le: date

    @property
    def theme(self):
        return THEMES[int(self.numero.split(".")[0]) - 1]

    @property
    def etat_en_clair(self):
        return ETATS[self.etat]


@dataclass(frozen=True)
class Audit:
    criteres: tuple

    def de(self, etat):
        return [critere for critere in self.criteres if critere.etat == etat]

    @property
    def non_conformes(self):
        return self.de(NON_CONFORME)

    @property
    def sans_objet(self):
        return self.de(SANS_OBJET)

    @property
    def applicables(self):
        return len(self.criteres) - len(self.sans_objet)

    @property
    def conformes(self):
        return len(self.de(CONFORME))

    @property
    def taux(self):
        """Per cent of the criteria that apply, rounded down: never better than it is."""
        return 100 * self.conformes // self.applicables

    @property
    def etat(self):
        """As the law words it: all, at least half, or less."""
        if not self.non_conformes:
            return "totalement conforme"
        return "partiellement conforme" if self.taux >= 50 else "non conforme"

    @property
    def le(self):
        return max(critere.le for critere in self.criteres)

    @property
    def par_theme(self):
        return [(theme, list(rangs)) for theme, rangs in groupby(self.criteres, _theme)]


def _theme(critere):
    return critere.theme


@cache
def audit():
    with DONNEES.open(encoding="utf-8", newline="") as fichier:
        _, *lignes = csv.reader(fichier)
    return Audit(tuple(Critere(*textes, date.fromisoformat(le)) for *textes, le in lignes))
