"""Uploaded files in an S3 bucket: private, never over one another, given up with their row."""

import errno
from contextlib import suppress

from botocore.config import Config
from botocore.exceptions import ClientError
from django.db import transaction
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from programme.fichiers import DEPOTS, TYPES, Depot, extension

DEJA_PRIS = ("PreconditionFailed", "ConditionalRequestConflict")
PLEIN = ("QuotaExceeded", "InsufficientStorage", "XMinioStorageFull")


class StockageS3(S3Storage):
    """The same promises as on a disk: a name is taken once, and kept once its row is saved."""

    def get_default_settings(self):
        return super().get_default_settings() | {
            "file_overwrite": False,
            "default_acl": None,  # the bucket is private as a whole
            "client_config": Config(
                connect_timeout=5,  # seconds: a silent server must not hold a request
                read_timeout=30,
                retries={"max_attempts": 3},
                s3={"addressing_style": "path"},
            ),
        }

    def url(self, name, *args, **kwargs):
        raise NotImplementedError("Attachments have no address: views check the rights.")

    def _save(self, name, content):
        """Written whole or not at all; somebody else's file of that name stays."""
        with suppress(OSError, AttributeError):
            content.seek(0)
        octets = content.read()
        nom = clean_name(name)
        while not self._poser(nom, octets):
            nom = clean_name(self.get_available_name(self.get_alternative_name(*_couper(name))))
        depot = Depot(nom)
        DEPOTS.get([]).append(depot)
        transaction.on_commit(depot)
        return nom

    def _poser(self, nom, octets):
        """Whether the name was free; the server says so as it writes."""
        try:
            self.bucket.Object(self._normalize_name(nom)).put(
                Body=octets,
                ContentType=TYPES.get(extension(nom), "application/octet-stream"),
                IfNoneMatch="*",
            )
        except ClientError as erreur:
            code = erreur.response["Error"]["Code"]
            if code in DEJA_PRIS:
                return False
            if code in PLEIN:
                raise OSError(errno.ENOSPC, "Le stockage est plein.") from erreur
            raise
        return True


def _couper(nom):
    racine, point, suffixe = nom.rpartition(".")
    return (racine, f"{point}{suffixe}") if racine else (nom, "")
