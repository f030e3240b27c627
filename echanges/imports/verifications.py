"""A model's constraints, judged in Python on rows in memory: no query a row.

What this cannot judge is left to the database, which holds every constraint anyway.
"""

import operator
import re

from django.db.models import CheckConstraint, F, Q, UniqueConstraint

COMPARAISONS = {
    "exact": operator.eq,
    "gte": operator.ge,
    "gt": operator.gt,
    "lte": operator.le,
    "lt": operator.lt,
    "in": lambda valeur, admises: valeur in admises,
    "range": lambda valeur, bornes: bornes[0] <= valeur <= bornes[1],
    "regex": lambda valeur, motif: re.search(motif, valeur) is not None,
}


def verifications(modele):
    """[(attributes it reads, judge, sentence)] of the checks; see `juge`."""
    return [
        (
            attributs(contrainte.condition, modele),
            juge(contrainte.condition, modele),
            str(contrainte.violation_error_message),
        )
        for contrainte in modele._meta.constraints
        if isinstance(contrainte, CheckConstraint)
    ]


def attributs(condition, modele):
    """Names of the attributes that this condition reads."""
    noms = set()
    for terme in condition.children if isinstance(condition, Q) else ():
        if isinstance(terme, Q):
            noms |= attributs(terme, modele)
        elif isinstance(terme, tuple):
            noms.add(_attribut(modele, terme[0]))
            if isinstance(terme[1], F):
                noms.add(_attribut(modele, terme[1].name))
    return noms


def _attribut(modele, chemin):
    return modele._meta.get_field(chemin.partition("__")[0]).attname


def juge(condition, modele):
    """Instance -> True, False, or None when it cannot be told without the database (SQL's NULL)."""
    if not isinstance(condition, Q):
        return _sans_avis
    juges = [
        juge(terme, modele) if isinstance(terme, Q) else _comparer(terme, modele)
        for terme in condition.children
    ]
    # What settles an AND is one False, what settles an OR is one True.
    tranche = condition.connector != Q.AND

    def juger(objet):
        resultat = not tranche
        for autre in juges:
            avis = autre(objet)
            if avis is tranche:
                return avis
            if avis is None:
                resultat = None
        return resultat

    if not condition.negated:
        return juger
    return lambda objet: None if (avis := juger(objet)) is None else not avis


def _sans_avis(objet):
    return None


def _comparer(terme, modele):
    if not isinstance(terme, tuple):
        return _sans_avis
    chemin, attendu = terme
    lire = operator.attrgetter(_attribut(modele, chemin))
    nom = chemin.partition("__")[2] or "exact"
    if nom == "isnull":
        return lambda objet: (lire(objet) is None) == attendu
    if nom == "exact" and attendu is None:
        return lambda objet: lire(objet) is None
    if nom not in COMPARAISONS:
        return _sans_avis
    comparer = COMPARAISONS[nom]
    if isinstance(attendu, F):
        autre = operator.attrgetter(_attribut(modele, attendu.name))
        return lambda objet: _si_connus(comparer, lire(objet), autre(objet))
    return lambda objet: _si_connus(comparer, lire(objet), attendu)


def _si_connus(comparer, valeur, attendu):
    return None if valeur is None or attendu is None else comparer(valeur, attendu)


def unicites(modele):
    """[(attribute names, sentence)] of the unique keys, the primary key left out."""
    meta = modele._meta
    uniques = [
        ((champ.attname,), f"Cette valeur existe déjà ({champ.verbose_name}).")
        for champ in meta.fields
        if champ.unique and not champ.primary_key
    ]
    for contrainte in meta.constraints:
        if isinstance(contrainte, UniqueConstraint) and not contrainte.condition:
            attributs = tuple(meta.get_field(nom).attname for nom in contrainte.fields)
            uniques.append((attributs, str(contrainte.violation_error_message)))
    return uniques


def phrase(erreur, modele):
    """The French sentence of the constraint that this IntegrityError names."""
    texte = str(erreur)
    for contrainte in modele._meta.constraints:
        if contrainte.name in texte:
            return str(contrainte.violation_error_message)
    table = modele._meta.db_table
    for attributs, message in unicites(modele):
        colonnes = [f"{table}.{modele._meta.get_field(a).column}" for a in _noms(modele, attributs)]
        if ", ".join(colonnes) in texte:
            return message
    return (
        "La base a refusé une de ces lignes : une clé est en double ou une valeur liée a disparu."
    )


def _noms(modele, attributs):
    return [c.name for a in attributs for c in modele._meta.fields if c.attname == a]
