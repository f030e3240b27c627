"""Uploaded files: what is accepted, under which name, and how it is served."""

import re
import zipfile
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.utils.text import slugify

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


def extension(nom):
    return PurePath(nom).suffix.lower()


def nom_sur(nom):
    """A name that any system can keep: ASCII, no path, its own extension."""
    nom = PurePath(nom.replace("\\", "/")).name
    racine = slugify(PurePath(nom).stem)[:80] or "document"
    return racine + re.sub(r"[^a-z0-9.]", "", extension(nom))


def chemin_de_piece(instance, nom):
    return f"{instance._meta.model_name}/{nom_sur(nom)}"


def valider_fichier(fichier):
    """Refuse what is too large, of another kind than accepted, or lies about its kind."""
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
            deplie = sum(element.file_size for element in archive.infolist())
            return MARQUES[suffixe] in archive.namelist() and deplie <= TAILLE_DEPLIEE_MAXIMALE
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
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
