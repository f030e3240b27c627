"""Queries whose SQL is written once in each process, for pages that ask many of them.

Django builds and writes a query anew each time, which takes longer than the database needs.
"""

import re
from copy import copy
from functools import cache, wraps

from django.db import connections
from django.http import Http404

# Stand for the keys that a query waits for, where its SQL is written.
ATTENDUES = tuple(range(-20181122, -20181134, -1))
UN_JOUR = re.compile(r"\d{4}-\d\d-\d\d")


def ecrite(requete):
    """`requete` takes keys and returns a queryset; what is decorated takes them and returns a list.

    The rest of the query must be the same at any hour and for anybody: a date in it is refused
    with a ValueError.
    """

    @wraps(requete)
    def lire(*cles):
        attendues = ATTENDUES[: len(cles)]
        base = _batie(requete, attendues).db
        rangees, modele, sql, parametres, conversions = _ecrite(requete, attendues, base)
        donnees = dict(zip(attendues, cles, strict=True))
        donnees |= {str(attendue): cle for attendue, cle in donnees.items()}  # of a key in text
        compilateur = copy(modele)
        compilateur.connection = connections[base]
        prete = sql, tuple(donnees.get(valeur, valeur) for valeur in parametres)
        compilateur.as_sql = lambda *rien, **options: prete
        compilateur.get_converters = lambda colonnes: conversions
        rangees = rangees.all()
        rangees.query.get_compiler = lambda *rien, **options: compilateur
        return list(rangees)

    return lire


def un_seul(lignes, refus):
    """The only row of these; Http404 with these words when there is none."""
    if not lignes:
        raise Http404(refus)
    return lignes[0]


@cache
def _batie(requete, attendues):
    return requete(*attendues)


@cache
def _ecrite(requete, attendues, base):
    """(queryset, its compiler, SQL, parameters, what is made of each column) for this database."""
    rangees = _batie(requete, attendues).using(base)
    compilateur = rangees.query.get_compiler(base)
    sql, parametres = compilateur.as_sql()
    if figees := [valeur for valeur in parametres if UN_JOUR.match(str(valeur))]:
        raise ValueError(f"{requete.__qualname__} : {figees[0]} ne changerait plus")
    colonnes = [colonne for colonne, *_ in compilateur.select[: compilateur.col_count]]
    conversions = compilateur.get_converters(colonnes)
    compilateur.connection = None  # that of this thread, which may end before the process
    return rangees, compilateur, sql, parametres, conversions
