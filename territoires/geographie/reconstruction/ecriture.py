"""The CSV dialect of the fixtures, and files that are replaced all together or not at all."""

import csv
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

ENTETES = {
    "regions.csv": ("code", "nom"),
    "departements.csv": ("code", "nom", "region"),
    "intercommunalites.csv": (
        "siren",
        "nom",
        "nature",
        "departement",
        "population",
        "dissoute_le",
        "successeurs",
    ),
    "communes.csv": (
        "code",
        "nom",
        "departement",
        "intercommunalite",
        "ept",
        "population",
        "codes_postaux",
    ),
    "localites.csv": ("code", "nature", "nom", "commune", "collectivite", "codes_postaux"),
    "contours.csv": ("region", "intercommunalite", "commune", "geometrie"),
}


def lire_membres(chemin: Path) -> tuple[set[str], set[str]]:
    """(SIRENs, INSEE codes) of every member in `perimetres.csv`."""
    csv.field_size_limit(2**31 - 1)
    with chemin.open(encoding="utf-8", newline="") as fichier:
        membres = {ligne["membre"] for ligne in csv.DictReader(fichier)}
    sirens = {membre for membre in membres if len(membre) == 9}
    return sirens, membres - sirens


def ecrire_tout(dossier: Path, tables: dict[str, Iterable[tuple]]) -> dict[str, int]:
    """Replace each file of `tables` in `dossier`; return how many rows each one has.

    UTF-8 without BOM, commas, LF, quotes only where needed. Every file is written in full beside
    its destination before the first one is replaced.
    """
    comptes = {}
    with tempfile.TemporaryDirectory(dir=dossier, prefix=".reconstruction-") as temporaire:
        for nom, lignes in tables.items():
            comptes[nom] = _ecrire(Path(temporaire) / nom, ENTETES[nom], lignes)
        for nom in tables:
            if (dossier / nom).exists():
                shutil.copymode(dossier / nom, Path(temporaire) / nom)
            (Path(temporaire) / nom).replace(dossier / nom)
    return comptes


def _ecrire(chemin: Path, entete: tuple[str, ...], lignes: Iterable[tuple]) -> int:
    lignes = list(lignes)
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        sortie = csv.writer(fichier, lineterminator="\n")
        sortie.writerow(entete)
        sortie.writerows(lignes)
    return len(lignes)
