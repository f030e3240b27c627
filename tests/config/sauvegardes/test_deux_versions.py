"""What the version of before can live with, and what it would trip over."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from config.sauvegardes.deux_versions import lire


def etat():
    creation = migrations.CreateModel(
        "Fiche",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("titre", models.CharField(max_length=100)),
            ("note", models.TextField(null=True)),
        ],
    )
    depart = ProjectState()
    creation.state_forwards("essai", depart)
    return depart


def dit(*operations):
    migration = migrations.Migration("0002", "essai")
    migration.operations = operations
    [(_, raisons)] = lire([migration], etat())
    return raisons


VIVABLES = [
    migrations.AddField("fiche", "x", models.TextField(null=True)),
    migrations.AddField("fiche", "x", models.TextField(db_default="")),
    migrations.AlterField("fiche", "titre", models.CharField("Titre", max_length=200)),
    migrations.AlterModelOptions("fiche", {"ordering": ["titre"]}),
    migrations.AddIndex("fiche", models.Index(fields=["titre"], name="fiche_titre")),
]
HEURTS = [
    (migrations.AddField("fiche", "x", models.TextField(default="")), "ne la remplit pas"),
    (migrations.RemoveField("fiche", "titre"), "la version d’avant la lit"),
    (migrations.RenameField("fiche", "titre", "nom"), "RenameField"),
    (migrations.AlterField("fiche", "titre", models.CharField(max_length=50)), "raccourcit"),
    (migrations.AlterField("fiche", "note", models.TextField()), "ne peut plus rester vide"),
    (migrations.AlterField("fiche", "titre", models.IntegerField()), "change de nature"),
    (migrations.DeleteModel("fiche"), "lit cette table"),
    (migrations.RunPython(migrations.RunPython.noop), "réécrites"),
    (
        migrations.AddConstraint(
            "fiche", models.UniqueConstraint(fields=["titre"], name="fiche_unique")
        ),
        "ne connaît pas",
    ),
]


@pytest.mark.parametrize("operation", VIVABLES, ids=lambda o: type(o).__name__)
def test_what_the_version_of_before_lives_with(operation):
    assert dit(operation) == []


@pytest.mark.parametrize(("operation", "raison"), HEURTS, ids=lambda o: type(o).__name__)
def test_what_it_would_trip_over_is_said(operation, raison):
    [dite] = dit(operation)
    assert raison in dite


def test_what_is_made_by_the_same_release_is_used_by_nobody_yet():
    nouveau = migrations.CreateModel("Neuf", [("id", models.BigAutoField(primary_key=True))])
    assert dit(nouveau, migrations.AddField("neuf", "x", models.TextField(default=""))) == []


@pytest.mark.django_db
def test_every_migration_that_landed_is_read_without_a_fault(settings):
    settings.MIGRATION_MODULES = {}
    graphe = MigrationLoader(None).graph
    plan = []
    for feuille in graphe.leaf_nodes():
        plan += [cle for cle in graphe.forwards_plan(feuille) if cle not in plan]
    lus = lire([graphe.nodes[cle] for cle in plan], None)
    assert len(lus) == len(plan) > 50
    sortie = StringIO()
    call_command("preparer_la_mise_a_jour", stdout=sortie)
    assert "ARRÊT NÉCESSAIRE" in sortie.getvalue()
