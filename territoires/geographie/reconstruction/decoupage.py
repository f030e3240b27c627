"""Régions, départements, intercommunalités and communes of today, and those that are gone."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from territoires.geographie.reconstruction.archives import ACTUEL, MILLESIMES, lire_decoupage


class MembreInconnu(Exception):
    """A member of a périmètre stands in no year of the administrative tables."""


@dataclass(frozen=True)
class Dissoute:
    """An intercommunalité that is no more, as the last year that has it describes it."""

    siren: str
    nom: str
    nature: str
    population: int  # inhabitants, municipal population of its last year
    dissoute_le: date  # 1 January of the first year without it
    communes: frozenset[str]  # INSEE codes of today


@dataclass
class Decoupage:
    """The tables of the package for the current year, restricted to the 18 régions.

    `communes` maps each INSEE code to its row; `epci` and `ept` map each SIREN to its row.
    """

    regions: list[dict]
    departements: list[dict]
    communes: dict[str, dict]
    epci: dict[str, dict]
    ept: dict[str, dict]
    autres: list[dict] = field(default_factory=list)  # arrondissements, déléguées, overseas…
    collectivites: dict[str, str] = field(default_factory=dict)  # overseas code → name
    dissoutes: dict[str, Dissoute] = field(default_factory=dict)

    @cached_property
    def epci_de(self) -> dict[str, str]:
        """INSEE code → SIREN of the EPCI à fiscalité propre; some islands have none."""
        return _communes_vers_siren(self.epci)

    @cached_property
    def ept_de(self) -> dict[str, str]:
        """INSEE code → SIREN of the EPT, in the Métropole du Grand Paris without Paris."""
        return _communes_vers_siren(self.ept)

    @cached_property
    def actuelle_de(self) -> dict[str, str]:
        """Any INSEE code, past or present → the commune of today that holds it."""
        anciens = {
            ancien: code
            for code, commune in self.communes.items()
            for ancien in commune.get("anciensCodes", ())
        }
        return anciens | {code: code for code in self.communes}

    def habitants(self, codes) -> int:
        """Municipal population of these communes, in inhabitants."""
        return sum(self.communes[code]["population"] for code in codes)

    def departement_principal(self, codes) -> str:
        """The département where most inhabitants of these communes live."""
        habitants = Counter()
        for code in sorted(codes):
            commune = self.communes[code]
            habitants[commune["departement"]] += commune["population"]
        return habitants.most_common(1)[0][0]


def lire(dossier: Path, sirens: set[str]) -> Decoupage:
    """The current tables, and those of `sirens` that exist no more.

    Raises SourceManquante for a bad archive, MembreInconnu for a SIREN that no year has.
    """
    regions = [r for r in lire_decoupage(dossier, ACTUEL, "regions") if len(r["code"]) == 2]
    codes = {region["code"] for region in regions}
    lieux = lire_decoupage(dossier, ACTUEL, "communes")
    departements = lire_decoupage(dossier, ACTUEL, "departements")
    communes = {
        lieu["code"]: lieu
        for lieu in _des_regions(lieux, codes)
        if lieu["type"] == "commune-actuelle"
    }
    decoupage = Decoupage(
        regions=regions,
        departements=_des_regions(departements, codes),
        communes=communes,
        autres=[lieu for lieu in lieux if communes.get(lieu["code"]) is not lieu],
        collectivites={d["code"]: d["nom"] for d in departements if d["region"] not in codes},
        epci=_par_code(lire_decoupage(dossier, ACTUEL, "epci")),
        ept=_par_code(lire_decoupage(dossier, ACTUEL, "ept")),
    )
    disparus = sirens - decoupage.epci.keys() - decoupage.ept.keys()
    decoupage.dissoutes = _retrouver(dossier, disparus, decoupage)
    return decoupage


def _retrouver(dossier: Path, disparus: set[str], decoupage: Decoupage) -> dict[str, Dissoute]:
    """Look for vanished SIRENs from the latest year backwards."""
    trouvees = {}
    for annee in sorted(MILLESIMES, reverse=True):
        restants = disparus - trouvees.keys()
        if not restants:
            break
        table = _par_code(lire_decoupage(dossier, annee, "epci"))
        for siren in restants & table.keys():
            trouvees[siren] = _dissoute(table[siren], annee + 1, decoupage.actuelle_de)
    if inconnus := disparus - trouvees.keys():
        raise MembreInconnu(
            "Ces membres de perimetres.csv n’existent dans aucun millésime\u202f: "
            + ", ".join(sorted(inconnus))
        )
    return dict(sorted(trouvees.items()))


def _dissoute(epci: dict, annee: int, actuelle_de: dict[str, str]) -> Dissoute:
    return Dissoute(
        siren=epci["code"],
        nom=epci["nom"],
        nature=epci["type"],
        population=int(epci["populationMunicipale"]),
        dissoute_le=date(annee, 1, 1),
        communes=frozenset(actuelle_de[membre["code"]] for membre in epci["membres"]),
    )


def _des_regions(lignes: list[dict], codes: set[str]) -> list[dict]:
    return [ligne for ligne in lignes if ligne["region"] in codes]


def _par_code(lignes: list[dict]) -> dict[str, dict]:
    return {ligne["code"]: ligne for ligne in lignes}


def _communes_vers_siren(groupements: dict[str, dict]) -> dict[str, str]:
    return {
        membre["code"]: siren
        for siren, groupement in groupements.items()
        for membre in groupement["membres"]
    }
