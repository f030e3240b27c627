"""What a browser does with the form of a fiche: read it, change some of it, post all of it."""

from django.urls import reverse

from tests import formulaires
from tests.formulaires import ajouter
from tests.partage import en_parallele

__all__ = ["adresse", "ajouter", "en_parallele", "envoi", "poster"]


def adresse(fiche):
    return reverse("admin:programme_ficheaction_change", args=[fiche.pk])


def envoi(page, **changes):
    """The POST of the fiche's form, these inputs changed (None: removed)."""
    donnees = formulaires.envoi(page, "ficheaction_form", **changes)
    for nom in [n for n in donnees if "__prefix__" in n]:
        del donnees[nom]
    return donnees


def poster(client, fiche, donnees, **fichiers):
    """Files go with the rest, under the names of their inputs (with _ for -)."""
    return client.post(adresse(fiche), {nom: donnees.getlist(nom) for nom in donnees} | fichiers)
