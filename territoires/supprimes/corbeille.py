"""The files of rows that go: out of the attachments at once, for good after a month."""

from datetime import timedelta
from functools import partial

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import FileField
from django.db.models.signals import post_delete
from django.utils import timezone

CORBEILLE, GARDE = "corbeille", timedelta(days=30)


def _jetee(nom):
    return f"{CORBEILLE}/{nom}"


def _deplacer(depart, arrivee):
    with default_storage.open(depart) as fichier:
        default_storage.save(arrivee, fichier)
    default_storage.delete(depart)


def jeter(modele, champ, nom):
    """Throw this file away, unless another row still names it."""
    if modele._base_manager.filter(**{champ: nom}).exists():
        return
    if default_storage.exists(nom):
        _deplacer(nom, _jetee(nom))
    vider()


def reprendre(nom):
    """Bring back the file of a row that comes back; whether it is there."""
    if not default_storage.exists(nom) and default_storage.exists(_jetee(nom)):
        _deplacer(_jetee(nom), nom)
    return default_storage.exists(nom)


def fichiers():
    """The files of rows that may still be brought back."""
    a_lire = [CORBEILLE]
    while a_lire:
        dossier = a_lire.pop()
        try:
            dossiers, noms = default_storage.listdir(dossier)
        except FileNotFoundError:
            continue
        a_lire += [f"{dossier}/{nom}" for nom in dossiers]
        yield from (f"{dossier}/{nom}" for nom in noms)


def vider():
    """Forget what was thrown away more than a month ago; how many files it was."""
    avant, nombre = timezone.now() - GARDE, 0
    for nom in fichiers():
        if default_storage.get_modified_time(nom) < avant:
            default_storage.delete(nom)
            nombre += 1
    return nombre


def _apres_suppression(sender, instance, **autres):
    for champ in sender._meta.concrete_fields:
        fichier = getattr(instance, champ.attname) if isinstance(champ, FileField) else None
        if fichier:
            transaction.on_commit(partial(jeter, sender, champ.name, fichier.name))


def veiller():
    """Cascades and actions delete rows without their `delete`: each model with a file is heard."""
    for modele in apps.get_models():
        if any(isinstance(champ, FileField) for champ in modele._meta.concrete_fields):
            post_delete.connect(_apres_suppression, sender=modele)
