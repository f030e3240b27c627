"""Every text field of the applications keeps clean text, by whatever way it comes in.

Forms, the admin, files, the terminal and bulk writes all pass through the field's `to_python`:
the rule of `nettoyer` is put there once, for the fields of today and of tomorrow, those of Django's
own user among them. To the migrations each field stays what its model says it is.
"""

from functools import cache

from django import forms
from django.db import models

from echanges.textes import nettoyer


class SaisiePropre(forms.CharField):
    """What is typed, as it is kept; a text kept before this rule is not changed by being shown."""

    paragraphes = False

    def to_python(self, value):
        return _propre(super().to_python(value), self.paragraphes)

    def has_changed(self, initial, data):
        return super().has_changed(_propre(initial, self.paragraphes), data)


class ParagraphesPropres(SaisiePropre):
    paragraphes = True


class TextePropre:
    """Mixin of a model field that holds text."""

    def to_python(self, value):
        return _propre(super().to_python(value), isinstance(self, models.TextField))

    def formfield(self, **kwargs):
        if not isinstance(self, (models.SlugField, models.URLField, models.EmailField)):
            saisie = ParagraphesPropres if isinstance(self, models.TextField) else SaisiePropre
            kwargs.setdefault("form_class", saisie)
        return super().formfield(**kwargs)


def tenir_propres(modeles):
    """Give the text fields of these models the rule; called once the applications are ready."""
    for modele in modeles:
        for champ in modele._meta.local_fields:
            if isinstance(champ, (models.CharField, models.TextField)):
                champ.__class__ = _classe_propre(type(champ))


def est_texte_libre(champ):
    """A plain CharField or TextField, that asks nothing more of its text than a length."""
    genre = type(champ)
    return getattr(genre, "origine", genre) in (models.CharField, models.TextField)


@cache
def _classe_propre(genre):
    if issubclass(genre, TextePropre):
        return genre
    noms = {"__module__": genre.__module__, "__qualname__": genre.__qualname__, "origine": genre}
    return type(genre.__name__, (TextePropre, genre), noms)


def _propre(valeur, paragraphes):
    return nettoyer(valeur, paragraphes=paragraphes) if isinstance(valeur, str) else valeur
