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
    """[(constraint, its sentence)] of the checks that `satisfaite` can judge."""
    return [
        (contrainte.condition, str(contrainte.violation_error_message))
        for contrainte in modele._meta.constraints
        if isinstance(contrainte, CheckConstraint)
    ]


def satisfaite(condition, objet):
    """True, False, or None when it cannot be told without the database (as SQL's NULL)."""
    if not isinstance(condition, Q):
        return None
    resultats = [
        satisfaite(enfant, objet) if isinstance(enfant, Q) else _comparer(enfant, objet)
        for enfant in condition.children
    ]
    if condition.connector == Q.AND:
        resultat = False if False in resultats else None if None in resultats else True
    else:
        resultat = True if True in resultats else None if None in resultats else False
    if condition.negated and resultat is not None:
        return not resultat
    return resultat


def _comparer(terme, objet):
    if not isinstance(terme, tuple):
        return None
    chemin, attendu = terme
    nom, _, comparaison = chemin.partition("__")
    valeur = getattr(objet, objet._meta.get_field(nom).attname)
    if isinstance(attendu, F):
        attendu = getattr(objet, objet._meta.get_field(attendu.name).attname)
    if comparaison == "isnull":
        return (valeur is None) == attendu
    if comparaison in ("", "exact") and attendu is None:
        return valeur is None
    if valeur is None or attendu is None or comparaison not in COMPARAISONS | {"": None}:
        return None
    return COMPARAISONS[comparaison or "exact"](valeur, attendu)


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
