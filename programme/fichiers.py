"""Uploaded files: what is accepted, under which name, and how it is served."""

import os
import re
import zipfile
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path, PurePath

from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db import transaction
from django.http import FileResponse
from django.utils.crypto import get_random_string

from echanges.textes import identifiant

TAILLE_MAXIMALE = 20 * 1024 * 1024  # bytes
TYPES = {
    ".pdf": "application/pdf",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
DEBUTS = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
}
# What an archive of that kind must hold, and how much it may grow once opened.
MARQUES = {
    ".odt": "content.xml",
    ".ods": "content.xml",
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
}
TAILLE_DEPLIEE_MAXIMALE = 200 * 1024 * 1024  # bytes
ELEMENTS_MAXIMUM = 10_000
MACROS = ("vbaproject.bin", ".exe", ".dll")


class TropLourd(UploadedFile):
    """What stands for a file whose end was not kept: its name and its size, to be refused."""

    def open(self, mode=None):
        raise ValueError("Ce fichier n’a pas été gardé.")


class SansExces(FileUploadHandler):
    """First of the upload handlers: nothing is kept beyond what an attachment may weigh.

    Attachments are rows of a form (« pieces-0-fichier »); imports weigh more, in a form of theirs.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.trop, self.est_une_piece = False, "-" in self.field_name

    def receive_data_chunk(self, raw_data, start):
        self.trop |= self.est_une_piece and start + len(raw_data) > TAILLE_MAXIMALE
        return None if self.trop else raw_data

    def file_complete(self, file_size):
        if self.trop:
            for suivant in self.request.upload_handlers:
                if getattr(suivant, "file", None):
                    suivant.file.close()  # the beginning that it had kept
            return TropLourd(None, self.file_name, self.content_type, file_size, self.charset)
        return None


class Depot:
    """One file written while a request is answered; kept once its row is."""

    def __init__(self, nom):
        self.nom, self.garde = nom, False

    def __call__(self):
        self.garde = True

    @property
    def est_oublie(self):
        """The transaction that was to keep it was undone, and not merely left open."""
        suites = transaction.get_connection().run_on_commit
        return not self.garde and all(suite[1] is not self for suite in suites)


DEPOTS = ContextVar("depots")


class Stockage(FileSystemStorage):
    """A file has its name once it is whole, and keeps it once the row that names it is saved."""

    def _save(self, name, content):
        partiel = f"{name}.{get_random_string(12)}.partiel"
        try:
            super()._save(partiel, content)
            nom = self._reserver(name)
            Path(self.path(partiel)).replace(self.path(nom))
        except BaseException:
            with suppress(OSError):
                self.delete(partiel)
            raise
        depot = Depot(nom)
        DEPOTS.get([]).append(depot)
        if transaction.get_connection().in_atomic_block:
            transaction.on_commit(depot)
        else:  # nothing is waited for: a disk does not fail with the database
            depot()
        return nom

    def _reserver(self, nom):
        while True:
            try:
                os.close(os.open(self.path(nom), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            except FileExistsError:
                nom = self.get_available_name(nom)
            else:
                return nom


class SansReste:
    """Middleware: a save that was refused or failed leaves no file behind."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        depots = []
        jeton = DEPOTS.set(depots)
        try:
            return self.get_response(request)
        finally:
            DEPOTS.reset(jeton)
            for depot in depots:
                if depot.est_oublie:
                    default_storage.delete(depot.nom)


def extension(nom):
    return PurePath(nom).suffix.lower()


def nom_sur(nom):
    """A name that any system can keep: ASCII, no path, its own extension."""
    nom = PurePath(nom.replace("\\", "/")).name
    racine = identifiant(PurePath(nom).stem, longueur=80, sinon="document")
    return racine + re.sub(r"[^a-z0-9.]", "", extension(nom))


def chemin_de_piece(instance, nom):
    return f"{instance._meta.model_name}/{nom_sur(nom)}"


def valider_fichier(fichier):
    """Refuse what is too large, of another kind than accepted, or lies about its kind."""
    if getattr(fichier, "_committed", False):
        return  # accepted when it was sent; it may have left the disk since
    suffixe = extension(fichier.name)
    if suffixe not in TYPES:
        admis = ", ".join(sorted(s[1:].upper() for s in TYPES if s != ".jpeg"))
        raise ValidationError(f"Ce type de fichier n’est pas accepté. Types admis : {admis}.")
    if fichier.size > TAILLE_MAXIMALE:
        raise ValidationError(
            f"Ce fichier pèse {fichier.size // 1_048_576} Mo ; le maximum est de 20 Mo."
        )
    if not _contenu_conforme(fichier, suffixe):
        raise ValidationError(
            f"Le contenu de ce fichier n’est pas celui d’un {suffixe[1:].upper()} : "
            "enregistrez-le à nouveau depuis votre logiciel, puis renvoyez-le."
        )


def _contenu_conforme(fichier, suffixe):
    fichier.seek(0)
    try:
        if suffixe in DEBUTS:
            return fichier.read(16).startswith(DEBUTS[suffixe])
        with zipfile.ZipFile(fichier) as archive:
            elements, noms = archive.infolist(), archive.namelist()
            deplie = sum(element.file_size for element in elements)
            return (
                MARQUES[suffixe] in noms
                and deplie <= TAILLE_DEPLIEE_MAXIMALE
                and len(elements) <= ELEMENTS_MAXIMUM
                and not any(nom.lower().endswith(MACROS) for nom in noms)
            )
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    finally:
        fichier.seek(0)


def servir(champ, nom):
    """A download of a stored file: never shown as a page, never guessed by the browser."""
    return FileResponse(
        champ.open("rb"),
        as_attachment=True,
        filename=nom_sur(nom),
        content_type=TYPES.get(extension(nom), "application/octet-stream"),
        headers={
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
