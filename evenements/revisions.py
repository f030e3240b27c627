"""What a calendar shows of an assemblée or a séquence, and how often it changed: three fields.

An agenda that has an event replaces it when its number is higher. The number moves when what the
calendar shows does and at no other save, by form, file or undone import.
"""

import hashlib
import json

from django.db import models
from django.utils import timezone

# Follow from the rest: the history does without.
AGENDA = ["agenda_empreinte", "agenda_revision", "agenda_revu_le"]


def empreinte(valeurs):
    """A mark of these values, the same whether they come from a form or from the database."""
    textes = [None if valeur is None else str(valeur) for valeur in valeurs]
    return hashlib.sha256(json.dumps(textes).encode()).hexdigest()[:32]


def revoir(instance):
    """Count one more revision when what the calendar shows is not what was last kept."""
    montre = empreinte(instance.dans_l_agenda())
    if montre == instance.agenda_empreinte:
        return
    if instance.agenda_empreinte:
        instance.agenda_revision += 1
    instance.agenda_empreinte, instance.agenda_revu_le = montre, timezone.now()


class SuitLAgenda:
    """Mixin of these fields: each is up to date when its row is written, bulk or not."""

    def pre_save(self, instance, add):
        revoir(instance)
        return getattr(instance, self.attname)


class AgendaEmpreinte(SuitLAgenda, models.CharField):
    def __init__(self, *args, **kwargs):
        kwargs |= {"max_length": 32, "default": "", "editable": False}
        super().__init__(*args, **kwargs)


class AgendaRevision(SuitLAgenda, models.PositiveIntegerField):
    def __init__(self, *args, **kwargs):
        kwargs |= {"default": 0, "editable": False}
        super().__init__(*args, **kwargs)


class AgendaRevuLe(SuitLAgenda, models.DateTimeField):
    def __init__(self, *args, **kwargs):
        kwargs |= {"null": True, "editable": False}
        super().__init__(*args, **kwargs)
