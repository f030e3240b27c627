"""Each script and style sheet is named with its digest: a browser refuses it once it was tampered
with, on the disk of the proxy or on the way (Subresource Integrity).

Nobody has to think of it in a template, ours or a library's: it is added where templates are read,
once a process, and where the files of forms are drawn.
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha384
from itertools import chain
from pathlib import Path

from django import forms, template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loaders import app_directories, filesystem
from django.utils.html import format_html

register = template.Library()
VERIFIES = (".css", ".js")  # browsers look at the digest of these alone
ELEMENT = re.compile(
    r"""<(?:script|link)\b[^<>]*?\s(?:src|href)=(?P<guillemet>["'])"""
    r"""\{%\s*static\s+(?P<nom>[^%]+?)\s*%\}(?P=guillemet)"""
)


@register.simple_tag
def integrite(nom):
    """The attribute for this static file, or nothing: it changes under who writes it (DEBUG)."""
    if settings.DEBUG or not str(nom).endswith(VERIFIES):
        return ""
    condense = _condense(str(nom))
    return format_html(' integrity="sha384-{}"', condense) if condense else ""


@cache
def _condense(nom):
    """Of what is served: collecting rewrites in a sheet the names of what it asks for."""
    if settings.STATIC_ROOT:
        chemin = staticfiles_storage.path(staticfiles_storage.stored_name(nom))
    else:
        chemin = finders.find(nom)
    return b64encode(sha384(Path(chemin).read_bytes()).digest()).decode() if chemin else ""


def verifiee(source):
    """The source of a template, each static file of a <script> or <link> with its attribute."""
    return ELEMENT.sub(lambda vu: f"{vu[0]}{{% integrite {vu['nom']} %}}", source)


class DesDossiers(filesystem.Loader):
    def get_contents(self, origin):
        return verifiee(super().get_contents(origin))


class DesApplications(app_directories.Loader):
    def get_contents(self, origin):
        return verifiee(super().get_contents(origin))


class Fichiers:
    """How `forms.Media` draws its files: Django's own two methods, and the attribute."""

    def render_js(self):
        return [_dessiner(self, '<script src="{}"{}></script>', nom) for nom in self._js]

    def render_css(self):
        ligne = '<link href="{}"{} media="{}" rel="stylesheet">'
        return chain.from_iterable(
            [_dessiner(self, ligne, nom, medium) for nom in self._css[medium]]
            for medium in sorted(self._css)
        )


def _dessiner(media, ligne, nom, *suite):
    if hasattr(nom, "__html__"):
        return nom.__html__()
    return format_html(ligne, media.absolute_path(nom), integrite(nom), *suite)


def brancher():
    """No setting says how forms draw their files, and sums of them are always Django's class."""
    forms.Media.render_js, forms.Media.render_css = Fichiers.render_js, Fichiers.render_css
