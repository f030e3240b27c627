"""Ranks of étapes that saves of a decided fiche had moved and reversed are given back."""

from importlib import import_module

import pytest
from django.apps import apps

from programme.fiches.models import Etape
from tests import factories as f

migration = import_module("programme.migrations.0010_rangs_des_etapes")


def abimer(fiche):
    """What one save of a locked fiche did, as it was written then."""
    etapes = Etape.objects.filter(fiche=fiche)
    pris = {*etapes.values_list("ordre", flat=True)}
    libres = (rang for rang in range(32_767, 0, -1) if rang not in pris)
    for pk in list(etapes.values_list("pk", flat=True)):
        etapes.filter(pk=pk).update(ordre=next(libres))


def fiche_de(rangs):
    fiche = f.FicheActionFactory()
    for rang in rangs:
        f.EtapeFactory(fiche=fiche, ordre=rang, intitule=f"Étape {rang}")
    return fiche


def lues(fiche):
    return list(fiche.etapes.values_list("ordre", "intitule"))


@pytest.mark.django_db
@pytest.mark.parametrize("fois", [1, 2, 3, 4])
@pytest.mark.parametrize("avec_histoire", [True, False])
def test_ranks_come_back_however_often_the_fiche_was_saved(fois, avec_histoire):
    fiche, autre = fiche_de([7, 3, 12, 1]), fiche_de([2, 5])
    if not avec_histoire:
        Etape.history.all().delete()
    for _ in range(fois):
        abimer(fiche)
    assert min(rang for rang, _ in lues(fiche)) > 30_000
    migration.remettre(apps, None)
    rangs = [1, 3, 7, 12] if avec_histoire else [1, 2, 3, 4]
    attendues = [(r, f"Étape {n}") for r, n in zip(rangs, [1, 3, 7, 12], strict=True)]
    assert lues(fiche) == attendues
    assert lues(autre) == [(2, "Étape 2"), (5, "Étape 5")]
    migration.remettre(apps, None)
    assert lues(fiche) == attendues


@pytest.mark.django_db
def test_what_was_added_since_stays_where_it_was_put():
    fiche = fiche_de([1, 2])
    Etape.history.all().delete()
    abimer(fiche)
    f.EtapeFactory(fiche=fiche, ordre=4, intitule="Étape 4")
    migration.remettre(apps, None)
    assert [nom for _, nom in lues(fiche)] == ["Étape 4", "Étape 1", "Étape 2"]
