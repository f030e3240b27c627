"""One archive a month of all that is public: made by a command, read at a dated address."""

import re
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import date

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone

from config.donnees import scdl
from config.jeux_de_donnees import JEUX
from echanges.colonnes.schemas import schema
from echanges.dialectes import JSONL, MACHINE
from echanges.registre import resources
from territoires.carte import exports
from territoires.carte.geopaquet import geopaquet
from territoires.carte.models import Parution
from territoires.carte.tableau import CarteLue
from territoires.editions.models import EditionCarte

DOSSIER = "donnees-ouvertes"
NOM = re.compile(r"(\d{4}-\d{2})-\d{2}-\d{6}\.zip")  # the day and the time in UTC
COMPRESSION = 6
CONTENU = "Tous les fichiers du jour, leurs schémas et les contours de chaque édition de la carte."
LISEZ_MOI = """Territoires d’industrie – données ouvertes au {le:%d/%m/%Y}
Licence Ouverte 2.0 : citez la source, « Territoires d’industrie », et cette date.

donnees/   chaque table : CSV (UTF-8, virgule, dates ISO 8601), JSON Lines, schéma (Frictionless)
scdl/      subventions et délibérations, au format commun des collectivités
carte/     chaque édition : GeoJSON, GeoPackage, composition et communes (CSV)
"""


@dataclass(frozen=True)
class Archive:
    mois: str  # 2026-11
    le: date
    nom: str
    taille: int  # bytes


def gardees():
    """[Archive], one a month, the latest first."""
    derniers = {NOM.fullmatch(nom)[1]: nom for nom in sorted(_noms())}
    return [
        Archive(mois, date.fromisoformat(nom[:10]), nom, default_storage.size(_chemin(nom)))
        for mois, nom in sorted(derniers.items(), reverse=True)
    ]


def ouvrir(archive):
    return default_storage.open(_chemin(archive.nom))


def _noms():
    try:
        fichiers = default_storage.listdir(DOSSIER)[1]
    except FileNotFoundError:  # none was made yet, where folders exist
        return []
    return [nom for nom in fichiers if NOM.fullmatch(nom)]


def _chemin(nom):
    return f"{DOSSIER}/{nom}"


def archiver(racine):
    """Make today's archive, in place of the others of this month; its name in the storage.

    `racine` is the address of the site, that the outlines name.
    """
    le = timezone.localdate()
    with tempfile.TemporaryFile() as fichier:
        with zipfile.ZipFile(
            fichier, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION
        ) as archive:
            for nom, morceaux in _parties(le, racine):
                with archive.open(nom, "w", force_zip64=True) as partie:
                    for morceau in morceaux:
                        partie.write(morceau)
        fichier.seek(0)
        anciennes = [nom for nom in _noms() if nom.startswith(f"{le:%Y-%m}-")]
        # The former one is there until this one is whole.
        nom = default_storage.save(_chemin(f"{timezone.now():%Y-%m-%d-%H%M%S}.zip"), File(fichier))
    for ancienne in anciennes:
        default_storage.delete(_chemin(ancienne))
    # What is written tells the pages that are kept whole that they are no more what they were.
    Parution.objects.depuis("archive", nom)
    return nom


def _parties(le, racine):
    """(name, pieces of bytes) of each part; nothing is made before its turn."""
    yield "LISEZ-MOI.txt", [LISEZ_MOI.format(le=le).encode()]
    for nom, jeu in JEUX.items():
        resource = resources()[nom]()
        descripteur = exports.en_json(schema(resource, jeu.colonnes))
        yield f"donnees/{nom}.schema.json", [descripteur.encode()]
        for dialecte in (MACHINE, JSONL):
            lignes = resource.modele._default_manager.du_public()
            morceaux = resource.exporter(lignes, dialecte, colonnes=jeu.colonnes)
            yield f"donnees/{nom}.{dialecte.extension}", morceaux
    for nom, fichier in scdl.FICHIERS.items():
        yield f"scdl/{nom}.csv", scdl.ecrire(fichier)
    for edition in EditionCarte.objects.composees():
        yield from _de_l_edition(edition, racine)


def _de_l_edition(edition, racine):
    lue = CarteLue(edition.code)
    collection = exports.geojson(lue, lue.lignes, racine)
    dossier = f"carte/{edition.code}"
    yield f"{dossier}/territoires.geojson", [exports.en_json(collection).encode()]
    yield f"{dossier}/territoires.gpkg", [geopaquet(collection)]
    yield f"{dossier}/compositions.csv", [exports.compositions(edition, "machine")]
    yield f"{dossier}/communes.csv", [exports.fichier_national(edition)]
