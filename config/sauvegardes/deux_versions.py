"""Whether the version that runs can live with a migration of the next: what it would trip over.

While a release is being put in place, and after a way back, the code of before works on the tables
of after. It knows no new column, still writes the old ones, and keeps no new rule.
"""

from django.db import connection, models
from django.db.migrations import operations as o
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from territoires.tables import Tables

SANS_SUITE = (o.AlterModelOptions, o.AlterModelManagers, o.AddIndex, o.RemoveIndex, o.RenameIndex)
SANS_SUITE += (o.RemoveConstraint, o.AlterModelTableComment, o.CreateModel, Tables)


def obstacle(operation, etat, app, creees=frozenset()):
    """Why the version of before cannot live with this operation; empty when it can.

    `etat` is the state before it, `creees` the models made by the same plan: nobody uses them yet.
    """
    modele = (getattr(operation, "model_name", "") or getattr(operation, "name", "") or "").lower()
    if isinstance(operation, SANS_SUITE) or (app, modele) in creees:
        return ""
    if isinstance(operation, o.AddField):
        return _ajout(operation.field, f"{modele}.{operation.name}")
    if isinstance(operation, o.AlterField):
        avant = etat.models[app, modele].fields[operation.name]
        return _changement(avant, operation.field, f"{modele}.{operation.name}")
    if isinstance(operation, o.AddConstraint):
        return f"{modele} : une règle que la version d’avant ne connaît pas"
    if isinstance(operation, o.SeparateDatabaseAndState):
        dits = (obstacle(dedans, etat, app, creees) for dedans in operation.database_operations)
        return next(filter(None, dits), "")
    return {
        "RemoveField": f"{modele}.{getattr(operation, 'name', '')} : la version d’avant la lit",
        "DeleteModel": f"{modele} : la version d’avant lit cette table",
        "RunPython": "des lignes sont réécrites",
        "RunSQL": "des lignes ou des tables sont réécrites",
    }.get(type(operation).__name__, f"{type(operation).__name__} {modele}".strip())


def _ajout(champ, nom):
    facultatif = champ.null or champ.has_db_default() or champ.many_to_many
    return "" if facultatif else f"{nom} : la version d’avant ne la remplit pas"


def _changement(avant, apres, nom):
    if avant.null and not apres.null:
        return f"{nom} : elle ne peut plus rester vide"
    if avant.get_internal_type() != apres.get_internal_type():
        return f"{nom} : elle change de nature"
    longueurs = (avant.max_length or 0, apres.max_length or 0)
    texte = isinstance(apres, models.CharField)
    return f"{nom} : elle raccourcit" if texte and longueurs[1] < longueurs[0] else ""


def en_attente():
    """(migrations that wait here, what Django knows of all of them)"""
    executeur = MigrationExecutor(connection)
    plan = executeur.migration_plan(executeur.loader.graph.leaf_nodes())
    return [migration for migration, _ in plan], executeur.loader


def a_venir():
    """[(migration, [what the version of before would trip over])] of those that wait here."""
    plan, connues = en_attente()
    faites = [cle for cle in connues.applied_migrations if cle in connues.graph.nodes]
    return lire(plan, connues.project_state(faites) if faites else None)


def lire(plan, etat):
    etat, creees, dits = etat or ProjectState(), set(), []
    for migration in plan:
        app, heurts = migration.app_label, []
        for operation in migration.operations:
            heurts.append(obstacle(operation, etat, app, creees))
            creees |= {
                (app, faite.name_lower)
                for faite in getattr(operation, "operations", [operation])
                if isinstance(faite, o.CreateModel)
            }
            operation.state_forwards(app, etat)
        dits.append((migration, [heurt for heurt in heurts if heurt]))
    return dits
