"""The figures of whole territoires, counted again only where something was written since.

Triggers note the territoires (`declencheurs`); the notes are taken away in the transaction that
counts, so that what is written meanwhile is counted the next time.
"""

import inspect
from functools import cache
from hashlib import sha1

from django.db import connection, transaction

from programme.fiches.models import FicheAction
from programme.pilotage import delais, releves, taux
from programme.pilotage.models import ReleveGarde, TerritoireARelever
from programme.pilotage.releves import Releve, relever, relever_en_deux, sommer

VERROU = 20260101  # of PostgreSQL: one process counts at a time


def releves_des(territoires, brouillons=None):
    """{territoire: its `Releve`} of all the fiches of these territoires, as they stand.

    With `brouillons`, of these alone, and not of those that somebody does not read.
    """
    cles = set(territoires.order_by().values_list("pk", flat=True))
    gardes = ReleveGarde.objects.filter(facon=facon())
    lus = dict(gardes.filter(pk__in=cles).values_list("pk", "contenu"))
    if lus.keys() != cles or TerritoireARelever.objects.exists():
        with transaction.atomic():
            _compter(cles - lus.keys())
        lus = dict(gardes.filter(pk__in=cles).values_list("pk", "contenu"))
    ouverts = relever(brouillons) if brouillons is not None else {}
    return {cle: _lire(contenu, ouverts.get(cle), brouillons) for cle, contenu in lus.items()}


def _lire(contenu, ouverts, brouillons):
    montees = Releve.lire(contenu["montees"])
    if brouillons is None:
        return sommer([montees, Releve.lire(contenu["brouillons"])])
    return sommer([montees, ouverts]) if ouverts else montees


def _compter(manquants):
    with connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
        notes = TerritoireARelever._meta.db_table
        curseur.execute(f"DELETE FROM {notes} RETURNING territoire")
        a_compter = manquants | {territoire for (territoire,) in curseur.fetchall()}
    comptes = relever_en_deux(FicheAction.objects.filter(territoire__in=a_compter))
    ReleveGarde.objects.bulk_create(
        [
            ReleveGarde(territoire=cle, facon=facon(), contenu=_ecrire(*comptes[cle]))
            for cle in sorted(a_compter)
        ],
        update_conflicts=True,
        unique_fields=["territoire"],
        update_fields=["facon", "contenu"],
    )


def _ecrire(montees, brouillons):
    return {"montees": montees.en_json(), "brouillons": brouillons.en_json()}


@cache
def facon():
    """Changes with the code that counts."""
    sources = [inspect.getsource(module) for module in (delais, releves, taux)]
    return sha1("\n".join(sources).encode(), usedforsecurity=False).hexdigest()
