"""How far an attack goes: short in the suite, long with `make attaque`."""

import os
import random
import re
from collections import Counter
from itertools import islice, product

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from config.donnees_ouvertes import JEUX
from echanges.admin import EchangesAdmin
from programme.rappels.models import AbonnementAgenda
from tests.config.test_adresses_folles import routes

LONGUE = os.environ.get("ATTAQUE") == "true"
# A part of the long attack, for who has less time: ATTAQUE_PART=0.1.
PART = float(os.environ.get("ATTAQUE_PART", "1"))
TROU = re.compile(r"<(?:(\w+):)?(\w+)>")


def combien(suite, longue):
    return max(suite, int(longue * PART)) if LONGUE else suite


def parts(longue):
    """Into how many tests a long one is cut: each says its figures as it ends, on any core."""
    return range(longue if LONGUE else 1)


def choisis(possibles, nombre, genre=lambda une: None):
    """That many, the same at each run, of each kind in turn; all when more are asked than are."""
    possibles = list(possibles)
    if nombre >= len(possibles):
        return possibles
    random.Random(5).shuffle(possibles)
    rangs = Counter()
    tours = []
    for une in possibles:
        tours.append(rangs[genre(une)])
        rangs[genre(une)] += 1
    return [possibles[n] for n in sorted(range(len(tours)), key=tours.__getitem__)[:nombre]]


def lignes_connues(par_modele):
    """Rows of every model that has pages or hangs on one."""
    for modele in apps.get_models():
        if not modele.__name__.startswith("Historical"):
            yield from modele._base_manager.order_by("-pk")[:par_modele]


def debuts(lignes):
    """{route of the page of a row: what its holes take}, as the rows themselves say."""
    connus = {}
    for ligne in lignes:
        try:
            trouvee = resolve(ligne.get_absolute_url())
        except (AttributeError, NoReverseMatch, Resolver404, ObjectDoesNotExist):
            continue  # it has no page of its own, or not yet
        valeurs = {nom: str(valeur) for nom, valeur in trouvee.kwargs.items()}
        if valeurs and valeurs not in connus.setdefault(trouvee.route, []):
            connus[trouvee.route].append(valeurs)
    return connus


def fichiers(agent=None):
    """{address of each file that is given: what it holds}: of each list, of what is open."""
    donnes = {}
    for page in admin.site._registry.values():
        if isinstance(page, EchangesAdmin):
            donnes[reverse(page.adresse("classeur"), args=["xlsx"])] = f"classeur {page.opts}"
            for nom in page.resources():
                donnes[reverse(page.adresse("fichier"), args=[nom, "machine"])] = nom
    for nom in JEUX:
        donnes[reverse("donnees-csv", args=[nom, "machine"])] = f"données {nom}"
    if agent is not None:
        donnes[reverse("agenda", args=[AbonnementAgenda.objects.ouvrir(agent)])] = "agenda"
    return donnes


def adresses(par_trou=4):
    """{address: its route}: all of the site, holes filled with what names rows that exist."""
    lignes = list(lignes_connues(par_trou))
    connus = debuts(lignes)
    pks = sorted({str(ligne.pk) for ligne in lignes if isinstance(ligne.pk, int)})
    for modele in admin.site._registry:
        debut = f"admin/{modele._meta.app_label}/{modele._meta.model_name}/"
        siens = modele._base_manager.order_by("-pk").values_list("pk", flat=True)[:par_trou]
        connus[debut] = [str(pk) for pk in siens] or ["1"]
    toutes = {}
    for route, _ in routes():
        debut = max((d for d in connus if route.startswith(d)), key=len, default=None)
        for valeurs in connus.get(debut) or [{}]:
            toutes |= dict.fromkeys(_combler(route, valeurs, pks, par_trou), route)
    return toutes


def _combler(route, valeurs, pks, par_trou):
    adresse = f"/{route}"
    if isinstance(valeurs, str):  # the row of a page of the admin
        adresse, par_trou = TROU.sub(lambda _: valeurs, adresse, count=1), 1
    else:
        adresse = TROU.sub(lambda trou: valeurs.get(trou[2], trou[0]), adresse)
    restent = TROU.findall(adresse)
    for choix in islice(product(*[pks] * len(restent)), par_trou**2):
        suite = iter(choix)
        yield TROU.sub(lambda _, s=suite: next(s), adresse)


def textes_libres(modele):
    """The columns of this model that take any text."""
    for champ in modele._meta.concrete_fields:
        est_texte = isinstance(champ, models.TextField | models.CharField)
        long = champ.max_length is None or champ.max_length >= 60
        if est_texte and long and champ.editable and not (champ.choices or champ.unique):
            yield champ.name
