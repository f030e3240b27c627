"""Which imports the worker does, how they are handed to it, and where they stand."""

import zipfile
from io import BytesIO

from django.conf import settings
from django.db import transaction

from echanges.imports import taches
from echanges.models import Import
from echanges.travaux import est_servi

XML = 8  # times the text that it holds


def poids(octets):
    """Bytes of text in this file, roughly: that is what the reading takes its time from."""
    try:
        with zipfile.ZipFile(BytesIO(octets)) as classeur:
            return sum(feuille.file_size for feuille in classeur.infolist()) // XML
    except (zipfile.BadZipFile, OSError, ValueError):
        return len(octets)


def en_fond(modele_admin, depot):
    """Whether the worker is to do it: it would take seconds, and there is one."""
    return (
        modele_admin.imports_en_fond
        and poids(depot.fichier) > settings.IMPORT_EN_FOND
        and est_servi()
    )


@transaction.atomic
def faire_lire(depot, *, tout, sinon=None):
    """Ask for the reading of this file under its choice; refused, it takes `sinon` again."""
    depot.travail, depot.echec = Import.Travail.LECTURE, ""
    depot.save()
    sinon = depot.choix if sinon is None else sinon
    return _noter(depot, taches.lire.enqueue(depot.pk, tout, sinon))


@transaction.atomic
def faire_ecrire(depot, empreinte):
    """Ask for what was confirmed under this fingerprint."""
    depot.travail, depot.echec = Import.Travail.ECRITURE, ""
    depot.save()
    return _noter(depot, taches.ecrire.enqueue(depot.pk, empreinte))


def _noter(depot, tache):
    depot.tache = tache.id
    depot.save(update_fields=["tache"])
    return depot
