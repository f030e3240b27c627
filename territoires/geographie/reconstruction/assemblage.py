"""From the archives to the rows of the six geographic fixtures."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import shapely

from territoires.geographie.reconstruction import contours, decoupage, localites
from territoires.geographie.reconstruction.archives import (
    SourceManquante,
    lire_contours_communes,
    verifier,
)
from territoires.geographie.reconstruction.decoupage import Decoupage, MembreInconnu
from territoires.geographie.reconstruction.ecriture import ecrire_tout, lire_membres

ETAPES = 7
# What an outline may belong to, as the columns of contours.csv.
CIBLES = ("region", "intercommunalite", "commune")


def reconstruire(dossier: Path, fixtures: Path, suivre: Callable[[str], None]) -> dict[str, int]:
    """Rewrite the six geographic fixtures; return how many rows each one has.

    `dossier` holds the archives, `fixtures` the CSV files and `perimetres.csv`; `suivre` is called
    `ETAPES` times with the name of the step that begins. Raises SourceManquante or MembreInconnu,
    and then leaves the fixtures as they were.
    """
    verifier(dossier)
    if not (fixtures / "perimetres.csv").is_file():
        raise SourceManquante(f"Il manque perimetres.csv dans {fixtures}.")
    suivre("découpage administratif")
    sirens, communes = lire_membres(fixtures / "perimetres.csv")
    table = decoupage.lire(dossier, sirens)
    if inconnues := communes - table.communes.keys():
        raise MembreInconnu(
            "Ces communes de perimetres.csv n’existent plus\u202f: " + ", ".join(sorted(inconnues))
        )
    traces = _tracer(dossier, table, communes, suivre)
    suivre("écriture")
    return ecrire_tout(
        fixtures,
        {
            "regions.csv": _regions(table),
            "departements.csv": _departements(table),
            "intercommunalites.csv": _intercommunalites(table),
            "communes.csv": _communes(table),
            "localites.csv": localites.lignes(table),
            "contours.csv": _contours(traces),
        },
    )


def _regions(table: Decoupage) -> Iterator[tuple]:
    for region in sorted(table.regions, key=lambda region: region["code"]):
        yield region["code"], region["nom"]


def _departements(table: Decoupage) -> Iterator[tuple]:
    for departement in sorted(table.departements, key=lambda departement: departement["code"]):
        yield departement["code"], departement["nom"], departement["region"]


def _intercommunalites(table: Decoupage) -> Iterator[tuple]:
    lignes = [_existante(table, ligne) for ligne in [*table.epci.values(), *table.ept.values()]]
    lignes += [_disparue(table, dissoute) for dissoute in table.dissoutes.values()]
    yield from sorted(lignes)


def _existante(table: Decoupage, ligne: dict) -> tuple:
    codes = [membre["code"] for membre in ligne["membres"]]
    departement, habitants = table.departement_principal(codes), table.habitants(codes)
    return ligne["code"], ligne["nom"], ligne["type"], departement, habitants, "", ""


def _disparue(table: Decoupage, dissoute: decoupage.Dissoute) -> tuple:
    successeurs = {table.epci_de[code] for code in dissoute.communes if code in table.epci_de}
    return (
        dissoute.siren,
        dissoute.nom,
        dissoute.nature,
        table.departement_principal(dissoute.communes),
        dissoute.population,
        dissoute.dissoute_le.isoformat(),
        " ".join(sorted(successeurs)),
    )


def _communes(table: Decoupage) -> Iterator[tuple]:
    for code, commune in sorted(table.communes.items()):
        yield (
            code,
            commune["nom"],
            commune["departement"],
            table.epci_de.get(code, ""),
            table.ept_de.get(code, ""),
            commune["population"],
            " ".join(sorted(commune["codesPostaux"])),
        )


def _tracer(
    dossier: Path, table: Decoupage, communes: set[str], suivre: Callable[[str], None]
) -> dict[tuple[str, str], shapely.Geometry]:
    """("region" | "intercommunalite" | "commune", code) → outline."""
    suivre("lecture des communes")
    codes, brutes = zip(*lire_contours_communes(dossier), strict=True)
    actuelles = [table.actuelle_de[code] for code in codes]
    faces = contours.partitionner(actuelles, shapely.from_wkb(brutes), suivre)
    suivre("simplification")
    cles = _cles(table, communes)
    atomes = contours.assembler(faces, cles.__getitem__)
    suivre("assemblage")
    cibles = defaultdict(list)
    for cle, atome in atomes.items():
        for cible in cle:
            cibles[cible].append(atome)
    return {cible: contours.unir(morceaux) for cible, morceaux in cibles.items()}


def _cles(table: Decoupage, communes: set[str]) -> dict[str, tuple]:
    """INSEE code → the outlines that this commune is part of: communes with one key, one atom."""
    cles = {}
    for code, commune in table.communes.items():
        sirens = [table.epci_de.get(code), table.ept_de.get(code)]
        sirens += [d.siren for d in table.dissoutes.values() if code in d.communes]
        cle = [("region", commune["region"])]
        cle += [("intercommunalite", siren) for siren in sirens if siren]
        cle += [("commune", code)] if code in communes else []
        cles[code] = tuple(cle)
    return cles


def _contours(traces: dict[tuple[str, str], shapely.Geometry]) -> Iterator[tuple]:
    for (nature, code), trace in sorted(traces.items(), key=_rang):
        cibles = (code if nature == cible else "" for cible in CIBLES)
        yield *cibles, contours.geojson(trace)


def _rang(trace: tuple[tuple[str, str], shapely.Geometry]) -> tuple[int, str]:
    (nature, code), _ = trace
    return CIBLES.index(nature), code
