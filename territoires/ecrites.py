"""Queries whose SQL is written once in each process, for pages that ask many of them.

Django builds and writes a query anew each time, which takes longer than the database needs.
"""

import re
from collections import defaultdict
from datetime import date, timedelta
from functools import cache, wraps

from django.db import connections
from django.db.models import (
    F,
    ManyToManyField,
    ManyToOneRel,
    Prefetch,
    QuerySet,
    prefetch_related_objects,
)
from django.http import Http404

MARQUE = -20181122  # it and those below stand for keys, where the SQL of a query is written
UN_JOUR = re.compile(r"\d{4}-\d\d-\d\d")
AN_UN = date(1, 1, 1)  # days of that year stand for days


def ecrite(requete):
    """`requete` takes keys and returns a queryset; what is decorated takes them and returns a list.

    A key may be a day, or a list of keys for an `__in`: none, and there is no row. The rest of the
    query must be the same at any hour and for anybody: a date in it is refused with a ValueError.
    """

    @wraps(requete)
    def lire(*cles):
        attendues, donnees = _places(cles)
        if () in attendues:
            return []
        base = _batie(requete, attendues).db
        rangees, modele, sql, parametres, conversions = _ecrite(requete, attendues, base)
        donnees |= {str(attendue): _en_texte(cle) for attendue, cle in donnees.items()}
        compilateur = _copie(modele)
        compilateur.connection = connections[base]
        prete = sql, tuple(donnees.get(valeur, valeur) for valeur in parametres)
        compilateur.as_sql = lambda *rien, **options: prete
        compilateur.get_converters = lambda colonnes: conversions
        rangees = _copie(rangees)
        rangees._query = _copie(rangees.query)
        rangees.query.get_compiler = lambda *rien, **options: compilateur
        lignes = list(rangees)
        for joindre in _suites(requete, attendues) if lignes else ():
            joindre(lignes)
        return lignes

    return lire


def _places(cles):
    """What stands for these keys in the query, and {what stands for one: it}."""
    attendues, donnees = [], {}

    def placer(cle):
        rang = len(donnees)
        place = AN_UN + timedelta(rang) if type(cle) is date else MARQUE - rang
        donnees[place] = cle
        return place

    for cle in cles:
        if isinstance(cle, list):
            # Its last one again, up to a power of two: few lengths, each written once.
            longueur = 1 << (len(cle) - 1).bit_length() if cle else 0
            repetees = cle + cle[-1:] * (longueur - len(cle))
            attendues.append(tuple([placer(une) for une in repetees]))
        else:
            attendues.append(placer(cle))
    return tuple(attendues), donnees


def _copie(objet):
    """Another one with the same parts: a clone copies those too, which nothing here changes."""
    copie = object.__new__(type(objet))
    vars(copie).update(vars(objet))
    return copie


def _en_texte(cle):
    """A key where the database is given its text: what is no text already, as the driver does."""
    return cle.isoformat() if type(cle) is date else cle


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
    rangees = _batie(requete, attendues).using(base).prefetch_related(None)
    compilateur = rangees.query.get_compiler(base)
    sql, parametres = compilateur.as_sql()
    jours = [str(valeur) for valeur in parametres if UN_JOUR.match(str(valeur))]
    if figees := [jour for jour in jours if not jour.startswith("0001-")]:
        raise ValueError(f"{requete.__qualname__} : {figees[0]} ne changerait plus")
    colonnes = [colonne for colonne, *_ in compilateur.select[: compilateur.col_count]]
    conversions = compilateur.get_converters(colonnes)
    compilateur.connection = None  # that of this thread, which may end before the process
    return rangees, compilateur, sql, parametres, conversions


@cache
def _suites(requete, attendues):
    """What `prefetch_related` asks for besides: each adds to these rows what it reads."""
    rangees = _batie(requete, attendues)
    return [_suite(rangees.model, lien) for lien in rangees._prefetch_related_lookups]


def _suite(modele, lien):
    prevu = lien if isinstance(lien, Prefetch) else Prefetch(lien)
    champ = None if "__" in prevu.prefetch_to else modele._meta.get_field(prevu.prefetch_to)
    if isinstance(champ, ManyToOneRel):
        vers, nom = champ.field.name, champ.cache_name
    elif isinstance(champ, ManyToManyField):
        vers, nom = champ.related_query_name(), champ.name
    else:
        return lambda lignes: prefetch_related_objects(lignes, lien)
    autres = champ.related_model._default_manager.all()
    autres = autres if prevu.queryset is None else prevu.queryset
    lire = ecrite(lambda cles: autres.filter(**{f"{vers}__in": cles}).annotate(de_la_ligne=F(vers)))

    def joindre(lignes):
        """As Django does: `.all()` finds the rows that were read, and asks no more."""
        trouvees = defaultdict(list)
        for trouvee in lire(list({ligne.pk: None for ligne in lignes})):
            trouvees[trouvee.de_la_ligne].append(trouvee)
        for ligne in lignes:
            siennes = QuerySet(champ.related_model)
            siennes._result_cache, siennes._prefetch_done = trouvees[ligne.pk], True
            vars(ligne).setdefault("_prefetched_objects_cache", {})[nom] = siennes
            for sienne in trouvees[ligne.pk] if champ.one_to_many else ():
                champ.field.set_cached_value(sienne, ligne)

    return joindre
