"""Triggers of the database that note what is written, whoever writes it: in bulk, by hand too.

They are made after the migrations, whatever created the tables, and taken away before them: a table
that is rebuilt would lose its triggers, and one that is renamed would break them. The name of each
changes with what it does, so that one of yesterday is replaced.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha1

from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

VEILLES = []  # every watch that the rooms keep, each with its triggers


@dataclass(frozen=True)
class Veille:
    """The triggers whose name begins with `prefixe`.

    `ecrire(vendor)` gives {table: {name: statements}}; `tables` are the other tables that they
    need. `preparer(cursor, vendor)` runs before they are made, `oublier(cursor)` once they are
    taken away: what is written from then on is noted by nobody.
    """

    prefixe: str
    tables: frozenset
    ecrire: Callable
    oublier: Callable
    preparer: Callable = lambda curseur, vendor: None

    def installer(self, using, **kwargs):
        """Make what is missing, drop what is not of today."""
        connection = connections[using]
        voulus = self.ecrire(connection.vendor)
        if not {*self.tables, *voulus} <= set(connection.introspection.table_names()):
            return  # migrations stopped before or after our time
        with connection.cursor() as curseur:
            self.preparer(curseur, connection.vendor)
            presents_ = self.presents(curseur, connection.vendor)
            noms = {(nom, table) for table, siens in voulus.items() for nom in siens}
            _retirer(curseur, connection.vendor, presents_.items() - noms)
            for siens in voulus.values():
                for nom in siens.keys() - presents_.keys():
                    for phrase in siens[nom]:
                        curseur.execute(phrase)

    def enlever(self, using, plan=(), **kwargs):
        """No trigger stands in the way of a migration."""
        connection = connections[using]
        if not plan:
            return
        with connection.cursor() as curseur:
            if siens := self.presents(curseur, connection.vendor):
                _retirer(curseur, connection.vendor, siens.items())
                self.oublier(curseur)

    def presents(self, curseur, vendor):
        """{name: table} of those that stand."""
        sql = {
            "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' "
            "AND substr(name, 1, %s) = %s",
            "postgresql": "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c "
            "ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND left(t.tgname, %s) = %s",
        }[vendor]
        curseur.execute(sql, [len(self.prefixe), self.prefixe])
        return dict(curseur.fetchall())

    def nommer(self, verbe, table, corps):
        condense = sha1(corps.encode(), usedforsecurity=False).hexdigest()[:10]
        return f"{self.prefixe}{condense}{verbe}_{table}"[:63]

    def tenir(self, app):
        """Keep this watch around the migrations of an app."""
        VEILLES.append(self)
        pre_migrate.connect(self.enlever, sender=app, dispatch_uid=self.prefixe)
        post_migrate.connect(self.installer, sender=app, dispatch_uid=self.prefixe)


def _retirer(curseur, vendor, declencheurs):
    """Drop these (name, table), with the function of the same name that PostgreSQL asks for."""
    for nom, table in declencheurs:
        if vendor == "postgresql":
            curseur.execute(f'DROP TRIGGER "{nom}" ON "{table}"')
            curseur.execute(f'DROP FUNCTION "{nom}"()')
        else:
            curseur.execute(f'DROP TRIGGER "{nom}"')
