"""A world made once for many tests, each of which leaves it as it was."""

import shutil
from itertools import groupby

import pytest
from django.db import transaction
from django.test import override_settings
from factory import Factory

RANGS = {}  # factory: how many objects it has made for the world that stands
FICHIERS = []  # the folder of its files


def repartir():
    """Each test counts its objects from nought, or from those of the world that it is given."""
    for fabrique in _fabriques():
        fabrique.reset_sequence(RANGS.get(fabrique, 0), force=True)


def copier_les_fichiers(dossier):
    for fichiers in FICHIERS:
        shutil.copytree(fichiers, dossier, dirs_exist_ok=True)


def _fabriques():
    from tests import factories

    for objet in vars(factories).values():
        if isinstance(objet, type) and issubclass(objet, Factory):
            yield objet


def apres_ceux_qui_s_en_passent(tests):
    """The same tests, in each module those first that do without the world that others share.

    They would find its rows in their tables; those of two worlds come after those of one.
    """
    suite = []
    for _, siens in groupby(tests, key=lambda test: test.path):
        suite += sorted(siens, key=_combien)
    return suite


def _combien(test):
    utiles = test._fixtureinfo.name2fixturedefs.values()
    return sum(une_fois.__name__ in utile.func.__qualname__ for (*_, utile) in utiles)


def une_fois(fabrique, portee="module"):
    """A fixture with what `fabrique` returns, made once in this scope and taken back after it.

    What a test writes is undone after the test; the objects themselves are the same for all.
    """

    @pytest.fixture(scope=portee)
    def monde(django_db_setup, django_db_blocker, tmp_path_factory):
        fichiers = tmp_path_factory.mktemp("media")
        ailleurs = override_settings(MEDIA_ROOT=fichiers)
        with ailleurs, django_db_blocker.unblock(), transaction.atomic():
            objets = fabrique()
            RANGS.update({f: f._meta.next_sequence() for f in _fabriques()})
            FICHIERS.append(fichiers)
            yield objets
            FICHIERS.clear()
            RANGS.clear()
            transaction.set_rollback(True)

    return monde
