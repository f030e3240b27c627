"""The triggers: there after any migration, gone while one runs, and those of today alone."""

import pytest
from django.db import connection

from territoires.recherche.declencheurs import VEILLE
from territoires.recherche.indexation import mettre_a_jour
from territoires.recherche.models import AIndexer
from territoires.recherche.moteur import chercher
from tests import factories as f

pytestmark = pytest.mark.django_db


def presents():
    with connection.cursor() as curseur:
        return VEILLE.presents(curseur, connection.vendor)


def installer():
    VEILLE.installer(using=connection.alias)


def test_they_are_taken_away_for_a_migration_and_come_back():
    avant = presents()
    assert "territoires_commune" in avant.values()
    VEILLE.enlever(using=connection.alias, plan=["une migration"])
    assert presents() == {}
    f.CommuneFactory()
    assert not AIndexer.objects.exists()
    installer()
    assert presents() == avant
    f.CommuneFactory()
    assert AIndexer.objects.filter(genre="commune").exists()


def test_a_migrate_that_has_nothing_to_do_leaves_them(django_assert_max_num_queries):
    avant = presents()
    VEILLE.enlever(using=connection.alias, plan=[])
    with django_assert_max_num_queries(8):
        installer()
    assert presents() == avant


def test_what_was_not_noted_meanwhile_is_found_by_a_new_index():
    """A migration may write rows that no trigger saw."""
    mettre_a_jour()
    VEILLE.enlever(using=connection.alias, plan=["une migration"])
    commune = f.CommuneFactory(nom="Passée sous silence")
    installer()
    mettre_a_jour()
    assert [r.cle for r in chercher("passée sous silence").resultats] == [commune.pk]
