"""Unique values that rows of one file hand over to each other: two editions that swap their dates.

A database judges each row as it is written: whoever gives a value up leaves it first for a place
that nobody else can hold, until its own new value is written in the same transaction.
"""

import datetime

from django.db import models

from echanges.imports.verifications import unicites
from echanges.lots import CLES


def ceder(modele, carnet):
    """Set aside the unique values that these plans change; to be called before they are written."""
    groupes = _groupes_changeants(modele, carnet.colonnes.values())
    if not groupes:
        return
    for plans in carnet.lots():
        objets, champs = [], set()
        for plan in plans:
            if not plan.creation and (places := _places(modele, plan, groupes)):
                objets.append(modele(pk=plan.pk, **places))
                champs |= places.keys()
        for champ in champs:
            concernes = [objet for objet in objets if champ in objet.__dict__]
            modele._base_manager.bulk_update(concernes, [_nom(modele, champ)], batch_size=CLES)


def _groupes_changeants(modele, colonnes):
    """Unique keys of which a column that names no row is a part."""
    libres = {c.attribut for c in colonnes if not c.est_liste and not c.cle}
    return [set(attributs) & libres for attributs, _ in unicites(modele) if libres & {*attributs}]


def _places(modele, plan, groupes):
    """{attribute: a value of no other row} for one changed attribute of each unique key."""
    changes = {c.attribut for c, _, _ in plan.changements if not c.est_liste}
    places = {}
    for groupe in groupes:
        for attribut in sorted(groupe & changes)[:1]:
            place = a_l_ecart(_champ(modele, attribut), plan.pk)
            if place is not None:
                places[attribut] = place
    return places


def a_l_ecart(champ, pk):
    """A value that this row alone can hold; foreign keys are checked at the end of the write."""
    if isinstance(champ, models.ForeignKey):
        cible = champ.target_field
        return -pk if isinstance(cible, models.AutoField) else _mot_d_ecart(pk, cible.max_length)
    if isinstance(champ, models.DateField):
        return datetime.date.max - datetime.timedelta(days=pk)
    return f"\x01{pk}" if isinstance(champ, models.CharField) else None


def _mot_d_ecart(pk, longueur):
    """A code that nobody gives, as short as the key it stands for: five characters for Insee's."""
    mot = ""
    while pk:
        pk, reste = divmod(pk, 36)
        mot = "0123456789abcdefghijklmnopqrstuvwxyz"[reste] + mot
    return f"\x01{mot}" if longueur and len(mot) < longueur else None


def _champ(modele, attribut):
    return next(c for c in modele._meta.concrete_fields if c.attname == attribut)


def _nom(modele, attribut):
    return _champ(modele, attribut).name
