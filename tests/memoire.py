"""What is made from the database and asked for again: made anew only if what it read was written.

It stands on the statements themselves: what a function returns depends on the tables it reads, and
is the same as long as none of them was written.
"""

import re
from contextlib import contextmanager

from django.db import connection

MOTS = re.compile(r"\w+")


class Memoire:
    """Within `with memoire.ecouter():`, what `memoire.de(key, function)` returned is kept."""

    def __init__(self):
        self.tables = set(connection.introspection.table_names())
        self.connus = {}  # {key: (tables read, time, what was returned)}
        self.temps = 0
        self.ecrites = {}  # {table: time of the last statement that wrote in it}
        self.reperes = {}  # {savepoint: its time}
        self.lues = set()

    @contextmanager
    def ecouter(self):
        with connection.execute_wrapper(self._entendre):
            yield self

    def de(self, cle, fonction):
        lues, quand, rendu = self.connus.get(cle, (set(), -1, None))
        if quand < 0 or any(self.ecrites.get(table, -1) >= quand for table in lues):
            self.lues, quand = set(), self.temps
            rendu = fonction()
            self.connus[cle] = (self.lues, quand, rendu)
            self.lues = set()
        return rendu

    def _entendre(self, executer, sql, *reste):
        nommees = self.tables.intersection(mots := MOTS.findall(sql))
        if mots[0] == "SELECT":
            self.lues |= nommees
        elif mots[0] == "SAVEPOINT":
            self.reperes[mots[1]] = self.temps
        elif mots[0] == "ROLLBACK":
            # What was written since is written once more: as it was.
            depuis = self.reperes.get(mots[-1], 0)
            nommees = {table for table, quand in self.ecrites.items() if quand >= depuis}
            self._ecrire(nommees)
        elif mots[0] != "RELEASE":
            self._ecrire(nommees)
        return executer(sql, *reste)

    def _ecrire(self, tables):
        self.ecrites |= dict.fromkeys(tables, self.temps)
        self.temps += 1
